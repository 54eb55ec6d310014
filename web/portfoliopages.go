package web

type portfolioPages struct{ teams *Source }
