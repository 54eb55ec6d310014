// Package rotas reads the section `oncall` of the configuration: people, rotas with their versions, pay and sources of
// alerts. It is the only part of the configuration that knows people, by handles that their team chose.
//
// Its words are those of [jerem/oncall]: a rota has versions, each of which begins on a date and is on duty in its
// coverage; a policy is what duty and call-outs are paid from a date on; a source posts alerts.
//
// The way through, for
//
//	oncall.rotas: [{name: k8s, team: Kubernetes, versions: [{from: 2026-01-05, handover: "09:00", every: 1w, …}]}]
//
// [Read] reads people first, then rotas, whose handles must be theirs, then gives a person without a zone that of the
// first rota that names them, then reads pay and sources. Each entry is read by the table of its list (rotaTable,
// versionTable, …), and where each of its fields stands is kept in [Section].Lines: what contradicts the past is told
// with its line much later ([Section.LineOf]).
package rotas
