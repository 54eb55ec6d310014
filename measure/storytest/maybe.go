package storytest

import "fmt"

// Maybe writes what may be absent, "none" for nil.
func Maybe[T any](x *T) string {
	if x == nil {
		return "none"
	}
	if f, ok := any(*x).(float64); ok {
		return fmt.Sprintf("%.4g", f)
	}
	return fmt.Sprint(*x)
}
