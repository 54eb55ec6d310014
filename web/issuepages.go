package web

type issuePages struct{ teams *Source }
