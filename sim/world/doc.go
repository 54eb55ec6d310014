// Package world makes a simulated company: four teams of a cloud provider that plan, work, are interrupted and
// change their minds for a year and a half, all drawn from a seed. It comes as a story that jirasim plays, and with
// books: what each sprint and quarter came to, kept action by action while the company works, in code of its own.
// Whoever reads the played Jira can be judged by them.
package world
