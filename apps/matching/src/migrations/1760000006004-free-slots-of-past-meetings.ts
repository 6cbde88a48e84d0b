import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FreeSlotsOfPastMeetings1760000006004 implements MigrationInterface {
  name = 'FreeSlotsOfPastMeetings1760000006004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(slotsOfScheduled);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}

const slotsOfScheduled = `
  -- The slot and table of a meeting while it is to take place. One that took place is history: a stop that is rescheduled
  -- while it runs takes its slots along, and a past meeting must not hold them.
  ALTER TABLE meetings ADD COLUMN slot_starts_at timestamptz, ADD COLUMN slot_table_no integer;
  ALTER TABLE meetings DISABLE TRIGGER meetings_keep_last_place;
  UPDATE meetings SET slot_starts_at = starts_at, slot_table_no = table_no WHERE status = 'scheduled';
  ALTER TABLE meetings ENABLE TRIGGER meetings_keep_last_place;
  ALTER TABLE meetings DROP CONSTRAINT meetings_slot, DROP CONSTRAINT meetings_table,
    ADD CONSTRAINT meetings_slot FOREIGN KEY (stop_id, slot_starts_at) REFERENCES meeting_slots (stop_id, starts_at),
    ADD CONSTRAINT meetings_table FOREIGN KEY (stop_id, slot_table_no) REFERENCES meeting_tables (stop_id, table_no);

  CREATE OR REPLACE FUNCTION keep_last_place() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.changed_at := now();
    IF NEW.starts_at IS NOT NULL THEN
      NEW.last_starts_at := NEW.starts_at;
      NEW.last_ends_at := NEW.ends_at;
      NEW.last_table_no := NEW.table_no;
    END IF;
    NEW.slot_starts_at := CASE WHEN NEW.status = 'scheduled' THEN NEW.starts_at END;
    NEW.slot_table_no := CASE WHEN NEW.status = 'scheduled' THEN NEW.table_no END;
    RETURN NEW;
  END $$;
`;
