// Stand-in for Bluesky's closed chat service: real lexicons, real service-auth tokens, conversations in memory.
// Not here: blocks, reactions, groups. A new conversation is "accepted" for who begins it and a "request" for the other.
import http from 'node:http'
import { chat } from '@atproto/pds'
import { IdResolver } from '@atproto/identity'
import { AuthRequiredError, InvalidRequestError, createServer, verifyJwt } from '@atproto/xrpc-server'
import express from 'express'

const MESSAGE = 'chat.bsky.convo.defs#messageView'

export async function startChat({ port, plcUrl }) {
  const did = `did:web:localhost%3A${port}`
  const resolver = new IdResolver({ plcUrl, fetch: globalThis.fetch })
  const convos = new Map()
  const log = [] // { rev, members, item }
  let count = 0
  const next = (prefix) => prefix + (++count).toString(36).padStart(12, '0')

  const auth = async ({ req }) => {
    const token = (req.headers.authorization || '').replace(/^Bearer /, '')
    if (!token) throw new AuthRequiredError()
    const key = (iss, fresh) => resolver.did.resolveAtprotoKey(iss.split('#')[0], fresh)
    const payload = await verifyJwt(token, null, null, key)
    const method = req.originalUrl.split('/xrpc/')[1].split('?')[0]
    if (payload.aud !== did && payload.aud !== `${did}#bsky_chat`) throw new AuthRequiredError('wrong audience')
    if (payload.lxm !== method) throw new AuthRequiredError(`token is for ${payload.lxm}`)
    return { credentials: { did: payload.iss } }
  }

  const member = async (who) => {
    const document = await resolver.did.resolve(who).catch(() => null)
    return { did: who, handle: document?.alsoKnownAs?.[0]?.replace('at://', '') || 'handle.invalid' }
  }
  const shown = (message) => ({ $type: MESSAGE, ...message })
  const view = async (convo, me) => ({
    id: convo.id,
    rev: convo.rev,
    members: await Promise.all(convo.members.map(member)),
    muted: false,
    status: convo.status[me],
    unreadCount: convo.unread[me] || 0,
    ...(convo.messages.length ? { lastMessage: shown(convo.messages.at(-1)) } : {}),
  })
  const find = (id, me) => {
    const convo = convos.get(id)
    if (!convo?.members.includes(me)) throw new InvalidRequestError('Convo not found', 'InvalidConvo')
    return convo
  }
  const record = (convo, kind, more = {}) =>
    log.push({ rev: convo.rev, members: convo.members,
      item: { $type: `chat.bsky.convo.defs#${kind}`, rev: convo.rev, convoId: convo.id, ...more } })
  const begin = (members, me) => {
    const status = Object.fromEntries(members.map((one) => [one, one === me ? 'accepted' : 'request']))
    const convo = { id: next('3c'), key: members.join(), members, rev: next('3'), messages: [], unread: {}, status }
    convos.set(convo.id, convo)
    record(convo, 'logBeginConvo')
    return convo
  }

  const server = createServer()
  const on = (method, handler) =>
    server.add(method, { auth, handler: async ({ auth: { credentials }, params, input }) => (
      { encoding: 'application/json', body: await handler(credentials.did, params, input?.body) }) })
  const { convo: calls } = chat.bsky

  on(calls.getConvoAvailability, async (me, { members }) => ({ canChat: members.length > 0 }))
  on(calls.getConvoForMembers, async (me, { members }) => {
    const all = [...new Set([me, ...members])].sort()
    const convo = [...convos.values()].find((one) => one.key === all.join()) || begin(all, me)
    return { convo: await view(convo, me) }
  })
  on(calls.sendMessage, async (me, _, { convoId, message }) => {
    const convo = find(convoId, me)
    convo.rev = next('3')
    const { text, facets } = message
    const said = { id: next('3m'), rev: convo.rev, text, ...(facets ? { facets } : {}), sender: { did: me },
      sentAt: new Date().toISOString() }
    convo.messages.push(said)
    convo.status[me] = 'accepted'
    for (const one of convo.members) if (one !== me) convo.unread[one] = (convo.unread[one] || 0) + 1
    record(convo, 'logCreateMessage', { message: shown(said) })
    return said
  })
  on(calls.getMessages, async (me, { convoId, limit }) => (
    { messages: find(convoId, me).messages.slice(-(limit || 50)).reverse().map(shown) }))
  on(calls.listConvos, async (me) => ({
    convos: await Promise.all([...convos.values()].filter((one) => one.members.includes(me)).map((one) => view(one, me))),
  }))
  on(calls.getConvo, async (me, { convoId }) => ({ convo: await view(find(convoId, me), me) }))
  on(calls.getLog, async (me, { cursor }) => {
    const found = log.filter((one) => one.members.includes(me) && (!cursor || one.rev > cursor)).slice(0, 100)
    return { logs: found.map((one) => one.item), cursor: found.at(-1)?.rev ?? cursor }
  })
  on(calls.updateRead, async (me, _, { convoId }) => {
    const convo = find(convoId, me)
    convo.unread[me] = 0
    return { convo: await view(convo, me) }
  })
  on(calls.acceptConvo, async (me, _, { convoId }) => {
    const convo = find(convoId, me)
    convo.status[me] = 'accepted'
    convo.rev = next('3')
    return { rev: convo.rev }
  })

  const app = express()
  app.get('/.well-known/did.json', (_, answer) => answer.json({
    '@context': ['https://www.w3.org/ns/did/v1'],
    id: did,
    service: [{ id: '#bsky_chat', type: 'BskyChatService', serviceEndpoint: `http://localhost:${port}` }],
  }))
  app.use(server.router ?? server)
  const listening = http.createServer(app)
  await new Promise((done) => listening.listen(port, done))
  return { did, close: () => listening.close() }
}
