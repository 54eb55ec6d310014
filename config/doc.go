// Package config reads the configuration: bytes and environment variables in, a checked [Config] out, or all faults
// at once, each with its place and what to do. It opens no file: the caller hands over what it read.
//
// Its words:
//
//   - a key is a dotted name such as sprint.budget; keys.go lists all of them with their types, once;
//   - a table is the keys of one part of the file: [topTable] those of the file, [projectTable] those of an entry of
//     projects. The keys of [Rules] are in both: an entry overrides the global value key by key;
//   - a tree is a part of the file, flattened: `runner: {period: 5m}` and `runner.period: 5m` are one entry;
//   - a value is the text of a key with its place in the file, or with the variable that it came from;
//   - a team is an entry of projects.
//
// The way through, for the file
//
//	jira: {url: https://jira.example, token: "${TOKEN}"}
//	sprint.budget: 30h
//	projects: [{name: K8S, sprint: {budget: 10h}}]
//
// [Load] parses the YAML into a node (loader.parse), flattens it by topTable (loader.flatten: unknown keys and keys
// that are set twice are told there), and sets each key (loader.apply): a variable such as JEREM_SPRINT_BUDGET wins,
// else ${TOKEN} is put in (interpolate), and the set function of the key parses and checks the text. What is required
// is looked for at the end (loader.required, loader.credentials), then each entry of projects goes the same way by
// projectTable, beginning with the global rules (loader.teams). K8S has a budget of ten hours.
//
// A secret is a [Secret], which no way of printing shows. No message holds the value of a secret or of a variable
// that the file refers to.
package config
