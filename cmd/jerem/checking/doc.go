// Package checking is the command check: it asks package check what would be read, tries the store and the sinks, and
// writes what it found for people or as JSON, with the lines of the configuration that would mend it.
package checking
