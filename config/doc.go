// Package config reads the configuration: bytes and environment variables in, a checked [Config] out, or all faults
// at once, each with its place and what to do. It opens no file: the caller hands over what it read.
//
// Its words:
//
//   - a key is a dotted name such as sprint.budget; keys.go lists all of them with their types, once. How a file is
//     read by keys, tables and trees is told in [jerem/config/schema];
//   - a table is the keys of one part of the file: [topTable] those of the file, [projectTable] those of an entry of
//     projects. The keys of [Rules] are in both: an entry overrides the global value key by key;
//   - a team is an entry of projects.
//
// The way through, for the file
//
//	jira: {url: https://jira.example, token: "${TOKEN}"}
//	sprint.budget: 30h
//	projects: [{name: K8S, sprint: {budget: 10h}}]
//
// [Load] parses the YAML, flattens it by topTable and sets each key: a variable such as JEREM_SPRINT_BUDGET wins, else
// ${TOKEN} is put in. What is required is looked for at the end (checkRequired, checkCredentials), then each entry of
// projects goes the same way by projectTable, beginning with the global rules (readTeams). K8S has a budget of ten
// hours.
//
// A secret is a [schema.Secret], which no way of printing shows. No message holds the value of a secret or of a
// variable that the file refers to.
package config
