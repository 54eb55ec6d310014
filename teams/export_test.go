package teams

// LinesLike is linesLike.
var LinesLike = linesLike
