package digest

import (
	"crypto/sha256"
	"fmt"
	"time"

	"jerem/calendar"
)

// Entry says to whom the word about a team goes, and when.
type Entry struct {
	Team string
	Day  time.Weekday
	Time time.Duration // since midnight, in the time zone of the team
	To   Receiver
}

// Channel is a way to a receiver.
type Channel string

// The channels.
const (
	Slack   Channel = "slack" // an incoming webhook of Slack, or of what takes the same
	Mail    Channel = "mail"
	Webhook Channel = "webhook"
)

// Receiver is who gets a word. The address may be a secret.
type Receiver struct {
	Channel Channel
	Address string
}

// Name tells one receiver from another without its address.
func (r Receiver) Name() string {
	return fmt.Sprintf("%s %.4x", r.Channel, sha256.Sum256([]byte(r.Address)))
}

// lastDue returns the last moment at which a word was due, by a moment.
func (e Entry) lastDue(by time.Time, zone *time.Location) time.Time {
	day := calendar.DateOf(by, zone)
	day = day.Add(-(int(day.Weekday()-e.Day) + 7) % 7)
	if due := day.In(zone, e.Time); !due.After(by) {
		return due.UTC()
	}
	return day.Add(-7).In(zone, e.Time).UTC()
}

// idOf is the ID of the word that is due to a receiver at a moment: the same however often it is sent.
func idOf(e Entry, due time.Time) string {
	of := fmt.Appendf(nil, "%s\x00%s\x00%d", e.Team, e.To.Name(), due.Unix())
	return fmt.Sprintf("digest-%.6x", sha256.Sum256(of))
}
