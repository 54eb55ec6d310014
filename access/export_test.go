package access

// LocalPath is localPath, for tests.
var LocalPath = localPath
