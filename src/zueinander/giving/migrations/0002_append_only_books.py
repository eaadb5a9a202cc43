from django.db import migrations

GUARDS = """
CREATE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$;
CREATE TRIGGER booking_append_only BEFORE UPDATE OR DELETE ON giving_booking
FOR EACH ROW EXECUTE FUNCTION ledger_refuses();
CREATE TRIGGER line_append_only BEFORE UPDATE OR DELETE ON giving_line
FOR EACH ROW EXECUTE FUNCTION ledger_refuses();
CREATE TRIGGER period_append_only BEFORE UPDATE OR DELETE ON giving_period
FOR EACH ROW EXECUTE FUNCTION ledger_refuses();

CREATE FUNCTION booking_in_open_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM giving_period WHERE until >= NEW."on") THEN
    RAISE EXCEPTION 'the period of % is closed', NEW."on";
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER booking_in_open_period BEFORE INSERT ON giving_booking
FOR EACH ROW EXECUTE FUNCTION booking_in_open_period();

CREATE FUNCTION booking_sums_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  which bigint := CASE TG_TABLE_NAME WHEN 'giving_booking' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'booking_id')::bigint END;
  total numeric;
  n integer;
BEGIN
  SELECT coalesce(sum(cents), 0), count(*) INTO total, n FROM giving_line WHERE booking_id = which;
  IF total <> 0 OR n < 2 THEN
    RAISE EXCEPTION 'booking % has % lines that sum to %', which, n, total;
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER booking_sums_to_zero AFTER INSERT ON giving_booking
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION booking_sums_to_zero();
CREATE CONSTRAINT TRIGGER lines_sum_to_zero AFTER INSERT ON giving_line
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION booking_sums_to_zero();
"""
UNDO = """
DROP TRIGGER lines_sum_to_zero ON giving_line;
DROP TRIGGER booking_sums_to_zero ON giving_booking;
DROP TRIGGER booking_in_open_period ON giving_booking;
DROP TRIGGER period_append_only ON giving_period;
DROP TRIGGER line_append_only ON giving_line;
DROP TRIGGER booking_append_only ON giving_booking;
DROP FUNCTION booking_sums_to_zero();
DROP FUNCTION booking_in_open_period();
DROP FUNCTION ledger_refuses();
"""


class Migration(migrations.Migration):
    dependencies = [("giving", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, UNDO)]
