// Package frame is what all pages are made of: the frame with its head and foot, figures, tiles, explanations, tables
// and drawings, the moment that is asked for, and the problem that is told instead of a page.
package frame
