// Package amount adds up estimates without the noise of binary fractions, within bounds.
package amount
