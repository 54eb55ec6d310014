// Package words writes amounts, dates and odds as people read them: "2.5 hours", "31 Dec 2026", "85 %".
package words
