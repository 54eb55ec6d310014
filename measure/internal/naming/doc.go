// Package naming compares names and keys as Jira does: names in any case, keys by their numbers.
//
// What a team configures (labels, types, statuses) is written by people, and Jira tells the same name in other cases.
// Issues are listed by their keys, of which the number counts as a number.
//
//	naming.ContainsFold([]string{"Impediment"}, "impediment") // true
//	naming.CompareKeys("K8S-9", "K8S-10")                     // −1: 9 stands before 10, as text it would not
//	naming.NameOrID("", "10042")                              // "10042", of a type whose name is not known
package naming
