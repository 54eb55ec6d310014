package encoding

import (
	"encoding/json"

	"jerem/agile"
)

// WriteJoints writes the joints that do not fit, "" for none.
func WriteJoints(j agile.Joints) (string, error) {
	if j.Total() == 0 {
		return "", nil
	}
	text, err := json.Marshal(j)
	return string(text), err
}

// ReadJoints reads what WriteJoints wrote.
func ReadJoints(text string) (j agile.Joints, err error) {
	if text == "" {
		return nil, nil
	}
	err = json.Unmarshal([]byte(text), &j)
	return j, err
}
