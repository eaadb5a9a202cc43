from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$;
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal_entry
FOR EACH ROW EXECUTE FUNCTION journal_refuses();
"""
UNDO = "DROP TRIGGER journal_append_only ON journal_entry; DROP FUNCTION journal_refuses();"


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(APPEND_ONLY, UNDO),
        migrations.RunSQL(
            "CREATE TABLE heartbeat (part text PRIMARY KEY, at timestamptz NOT NULL)", "DROP TABLE heartbeat"
        ),
    ]
