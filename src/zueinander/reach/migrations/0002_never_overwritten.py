from django.db import migrations

GUARD = """
CREATE FUNCTION observation_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'noted_by_id' IS DISTINCT FROM to_jsonb(OLD) - 'noted_by_id' THEN
    RAISE EXCEPTION 'an observation is never overwritten';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER observation_never_overwritten BEFORE UPDATE ON reach_observation
FOR EACH ROW EXECUTE FUNCTION observation_refuses();
"""
UNDO = "DROP TRIGGER observation_never_overwritten ON reach_observation; DROP FUNCTION observation_refuses();"


class Migration(migrations.Migration):
    dependencies = [("reach", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
