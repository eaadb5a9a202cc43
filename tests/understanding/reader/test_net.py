"""The net over the words: it learns what their order means, its slopes are those of its loss, and what it says of a
text depends on nothing but that text."""

from __future__ import annotations

import numpy as np
import pytest

from zueinander.understanding.reader import train_net
from zueinander.understanding.reader.clusters import paths
from zueinander.understanding.reader.model import Model
from zueinander.understanding.reader.net import PAD, Listener, Net, silent

TEXTS = [
    text.split()
    for text in ("wir haben platz für dich", "hast du platz für uns", "danke", "die gans war groß", "kommt wer vorbei")
]


@pytest.fixture(scope="module")
def net() -> Net:
    """Taught that "a b" is one intent and "b a" another."""
    texts = [["anna", "sieht", "bernd"], ["bernd", "sieht", "anna"]] * 300
    return train_net.train(texts, np.array([0, 1] * 300), np.ones(600))


def said(listener: Listener, texts: list[list[str]]) -> np.ndarray:
    words = [number for text in texts for number in (PAD, *listener.numbers(text))]
    return listener.sums(listener.answers(), np.array(words))


def test_it_hears_the_order(net: Net) -> None:
    one, other = said(Listener(net), [["anna", "sieht", "bernd"], ["bernd", "sieht", "anna"]])
    assert one.argmax() == 0
    assert other.argmax() == 1


def test_a_text_sounds_the_same_in_any_company(net: Net) -> None:
    listener = Listener(net)
    together = said(listener, [["anna"], [], *TEXTS])
    alone = np.vstack([said(Listener(net), [text]) for text in [["anna"], [], *TEXTS]])
    crowd = said(listener, [["anna"], [], *TEXTS] * 5)
    assert np.allclose(together, alone, atol=1e-12)
    assert np.allclose(crowd, np.vstack([alone] * 5), atol=1e-12)
    listener.forget()
    assert np.allclose(said(listener, TEXTS), alone[2:], atol=1e-12)


def test_the_order_in_which_words_were_met_changes_nothing() -> None:
    """Not a digit: processes meet them in different orders, and the same text is to get the same reading."""
    net, words = Model.load().net, [word for word in paths() if word.isalpha()][:700]
    one, other = Listener(net), Listener(net)
    for word in reversed(words):
        other.numbers([word])
        other.answers()
    texts = [words[at : at + 7] for at in range(0, len(words), 7)]
    assert np.allclose(said(one, texts), said(other, texts), rtol=0, atol=1e-14)


def test_a_long_text_sounds_the_same_alone_to_the_last_digit() -> None:
    listener, words = Listener(Model.load().net), [word for word in paths() if word.isalpha()][:1_200]
    texts = [words[at : at + 40] for at in range(0, len(words), 40)]
    together = said(listener, texts)
    for text, heard in zip(texts, together, strict=True):
        assert np.allclose(said(listener, [text])[0], heard, rtol=0, atol=1e-13)


def test_a_net_that_was_not_taught_says_nothing() -> None:
    assert not said(Listener(silent()), TEXTS).any()


def test_a_word_never_met_is_what_its_cluster_says(net: Net) -> None:
    mother, aunt = net.vectors(["schwester", "tante"])
    assert paths()["schwester"] == paths()["tante"]
    assert np.allclose(mother, aunt)


def test_the_slopes_are_those_of_the_loss() -> None:
    chance = np.random.default_rng(4)
    weights = train_net.begun(chance, 4)
    known = Net(["wir", "platz", "danke", "gans"], weights)
    batch = train_net.beside(known, TEXTS, np.array([1, 0, 4, 4, 1]), np.array([1.0, 2.0, 0.5, 1.0, 1.0]))
    slopes = train_net.slopes(weights, batch, None)[1]
    for name, values in weights.arrays().items():
        steep = np.argwhere(np.abs(slopes[name]) > 1e-6)
        for at in map(tuple, chance.permutation(steep)[:8]):
            loss = []
            for step in (1e-6, -2e-6):
                values[at] += step
                loss.append(train_net.slopes(weights, batch, None)[0])
            values[at] += 1e-6
            assert (loss[0] - loss[1]) / 2e-6 == pytest.approx(slopes[name][at], rel=1e-2, abs=1e-7), name


def test_of_the_last_weights_the_mean_is_taken() -> None:
    weights = train_net.begun(np.random.default_rng(4), 2)
    mean = train_net.Mean(weights)
    for value in (1.0, 2.0, 6.0):
        for one in weights.arrays().values():
            one[...] = value
        mean.add()
    mean.take()
    assert all(np.allclose(one, 3.0) for one in weights.arrays().values())
