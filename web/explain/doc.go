// Package explain opens figures: the formula of each in words and with its numbers, and what stands behind it. Pages and API tell
// the same.
package explain
