// Package storytest makes histories for tests: read from stories of a few lines, steady ones, large ones, and generated
// ones. The language of the stories is that of measure/testdata.
package storytest
