package frame

// Badge is a figure in a few words, for a README or a wiki. Class is the fill of its value.
type Badge struct{ Show, Label, Value, Class string }

// Badged is the body of a page whose figures have badges.
type Badged interface{ Badges() []Badge }
