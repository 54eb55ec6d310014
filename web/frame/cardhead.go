package frame

import (
	"html/template"

	"jerem/measure/grade"
)

// CardHead is the head of a card: a small title, its reading as a headline, and a menu.
type CardHead struct {
	Title   string
	Reading any // a text, or one whose figures are opened; "" for none
	Menu    []Choice
	Grade   grade.Grade // "" for none
	Reasons string
}

// NewCardHead makes the head of a card. Entries of the menu without an address are left out.
func NewCardHead(title string, reading any, menu ...Choice) CardHead {
	h := CardHead{Title: title, Reading: reading}
	for _, one := range menu {
		if one.Address != "" {
			h.Menu = append(h.Menu, one)
		}
	}
	return h
}

// Graded adds how far the figures of the card can be trusted, and why.
func (h CardHead) Graded(g grade.Grade, reasons string) CardHead {
	h.Grade, h.Reasons = g, reasons
	return h
}

// menuItem is an entry of a card's menu.
func menuItem(name, address string) Choice { return Choice{Name: name, Address: address} }

// itemIf is an entry of a menu, left out where there is nothing that it leads to.
func itemIf(there any, name, address string) Choice {
	if truth, _ := template.IsTrue(there); !truth {
		return Choice{}
	}
	return Choice{Name: name, Address: address}
}
