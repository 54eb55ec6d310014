// Package issue is the wing of an issue: its page tells what every figure was made from.
package issue
