package sqlviews

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"

	"jerem/measure"
	"jerem/store/viewrows"
	"jerem/teams"
)

// The kinds of rows, as the views name them.
const (
	kindTeam       = "team"
	kindSprint     = "sprint"
	kindEvent      = "sprint event"
	kindEpic       = "epic"
	kindImpediment = "impediment"
	kindSeries     = "series"
)

// rowList collects the rows of a team: all of them the first time, and then those that may differ from the ones that
// this process wrote last.
type rowList struct {
	rows  []viewrows.Row
	gone  []viewrows.Key          // of rows that this process wrote last and that are no more
	plain int                     // bytes of bodies that are not packed
	kept  map[viewrows.Key]string // the digests of those that are kept
	made  *madeRows               // as they were written last by this process, brought up to date as rows are added
	round int                     // of the rows that are added; 1 is the first one

	standing map[int64]bool // closed sprints whose rows are as they were written last, by whatever process
	counted  map[int64]bool // closed sprints of whose rows that of the impediments alone may be another
	worked   map[int64]bool // closed sprints whose ledgers are as they were written last
	forgets  bool           // made takes nothing

	content []byte // of one part of a series, then of the next
}

// madeRows are rows without their bodies, beside what they were made of. Each has the round in which it was added last.
type madeRows struct {
	rounds  int
	sprints map[int64]*rowsOfSprint  // by id
	series  map[string]*rowsOfSeries // by key
	others  map[viewrows.Key]int     // their rounds
}

func newMadeRows() *madeRows {
	return &madeRows{sprints: map[int64]*rowsOfSprint{}, series: map[string]*rowsOfSeries{},
		others: map[viewrows.Key]int{}}
}

// rowHead is a row without its body.
type rowHead struct {
	viewrows.Key
	digest string
}

func headOfRow(row viewrows.Row) rowHead { return rowHead{row.Key, row.Digest} }

// newRowList begins a list of rows: digests are those of the rows that are kept, among which all stand that were made.
func newRowList(digests map[viewrows.Key]string, made *madeRows) *rowList {
	made.rounds++
	return &rowList{kept: digests, made: made, round: made.rounds}
}

// addRow adds a row whose body is a value as JSON.
func (l *rowList) addRow(kind, key string, body any) error {
	row, err := newRow(kind, key, body)
	if err != nil {
		return err
	}
	if !l.forgets {
		l.made.others[row.Key] = l.round
	}
	return l.appendRow(row)
}

// newRow makes a row whose body is a value as JSON.
func newRow(kind, key string, body any) (viewrows.Row, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return viewrows.Row{}, fmt.Errorf("%s %s: %w", kind, key, err)
	}
	return viewrows.Row{Key: viewrows.Key{Kind: kind, Key: key}, Digest: digestOf(text), Body: string(text)}, nil
}

// mostPlain is how many bytes of bodies are held as they are: those of a usual change. Beyond it they are packed.
const mostPlain = 2 << 20

// appendRow adds a row.
func (l *rowList) appendRow(row viewrows.Row) (err error) {
	l.plain += len(row.Body)
	if l.plain > mostPlain && row.Body != "" {
		l.plain -= len(row.Body)
		if row, err = row.Pack(); err != nil {
			return err
		}
	}
	l.rows = append(l.rows, row)
	return nil
}

func digestOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:12])
}

// addFigureRows adds the rows of the sprints and epics of a team as of its last reading. What is kept as it is of a
// sprint comes without its body. The error is also that of a context that ended meanwhile.
func addFigureRows(ctx context.Context, list *rowList, asked *teams.Team) error {
	team := asked.Measured
	now := team.Now()
	for _, head := range team.Sprints(now) {
		if err := asked.GiveWay(ctx); err != nil {
			return err
		}
		if err := addSprint(list, team, head.ID, now); err != nil {
			return err
		}
	}
	for _, head := range team.Quarters(now) {
		if err := asked.GiveWay(ctx); err != nil {
			return err
		}
		name, _ := measure.ParseQuarter(head.Quarter) // a quarter's own name
		if err := list.addRow(kindEpic, head.Quarter, measure.QuarterEpics(team, name, now)); err != nil {
			return err
		}
	}
	return nil
}

// addEachSeries adds the rows of series. What is kept as it is of one comes without its body.
func addEachSeries(list *rowList, lines iter.Seq2[teams.Line, error]) error {
	for line, err := range lines {
		if err != nil {
			return err
		}
		if err := addSeries(list, line); err != nil {
			return err
		}
	}
	return nil
}
