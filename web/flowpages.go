package web

type flowPages struct{ teams *Source }
