-- Why a version was applied, in the words of whoever did.
ALTER TABLE config ADD COLUMN note TEXT;
