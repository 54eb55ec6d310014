// Package jql reads the part of Jira's query language that the played Jira answers. Parse turns a text into a Query,
// whose conditions are trees of Or, And, Not and Clause; what a field is called and which values it may have is for the
// caller to judge. What cannot be read is refused in the words of Jira, with the place:
//
//	jql.Parse(`project = K8S AND status WAS done`)
//	Error in the JQL Query: Expecting operator but got 'WAS'. (line 1, character 26)
//
// Words: a clause is "field operator values"; an operand is one of its values: a quoted text, a bare word, a call of a
// function or EMPTY. The grammar stands as tags of the types in grammar.go.
package jql
