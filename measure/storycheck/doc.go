// Package storycheck holds the figures against stories: text files that tell the lives of a few issues and, worked out
// by hand, what must come out. See measure/testdata.
package storycheck
