package duty

// Commands are the commands under `jerem oncall`.
type Commands struct {
	Clock string `help:"The moment at which on-call's clock stands, for tests." hidden:"" placeholder:"TIME"`

	Who        whoCommand        `cmd:"" help:"Say who is on duty, a line for each rota."`
	Schedule   scheduleCommand   `cmd:"" help:"Write who is on duty when, as text, JSON, CSV or a calendar."`
	Check      checkCommand      `cmd:"" help:"Say what must be mended, what nobody covers, and all warnings."`
	Statement  statementCommand  `cmd:"" help:"Write the statements of pay of a month."`
	Import     importCommand     `cmd:"" help:"{oncall_import}"`
	Replay     replayCommand     `cmd:"" help:"Enter again what sources posted and could not be understood."`
	RenewLinks renewLinksCommand `cmd:"" help:"Close all links of messages that were sent, by a new key."`
	Forget     forgetCommand     `cmd:"" help:"Replace a person's handle by person-N in all but frozen statements."`
}
