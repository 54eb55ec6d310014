-- The rows of the views are large and written anew with most changes: they are packed by the quicker method, where the
-- server was built with it. Documents and pieces are packed already.
DO $$ BEGIN
	ALTER TABLE view_row ALTER COLUMN body SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN NULL;
END $$;
ALTER TABLE document ALTER COLUMN raw SET STORAGE EXTERNAL;
ALTER TABLE sink_pieces ALTER COLUMN pieces SET STORAGE EXTERNAL;
ALTER TABLE sink_late ALTER COLUMN pieces SET STORAGE EXTERNAL;
