package oncall

// SetFault has each statement that writes ask before it is executed; an error keeps the transaction from being.
func (s *Store) SetFault(fault func(statement string) error) { s.fault = fault }
