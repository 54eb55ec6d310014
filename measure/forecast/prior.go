package forecast

import (
	"bytes"
	"cmp"
	"compress/gzip"
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"sync"

	"jerem/sorting"
)

// priorPoints is how many quantiles of a project's ratios at a horizon the shipped prior keeps.
const priorPoints = 60

// PriorRow is what the prior knows of a project at a horizon.
type PriorRow struct {
	Project   string
	Horizon   int       // index in [Horizons]
	Forecasts int       // how many ratios there were
	Ratios    []float64 // quantiles of them, (i + ½)/n, ascending
}

// Prior is a distribution of ratios for teams that have no record of their own.
type Prior struct {
	rows []PriorRow
	// sorted are the weighted ratios by horizon, ascending.
	sorted [len(Horizons)][]weighted
	// few are the pseudo-outcomes that stand beside a record, by horizon and by how many they are.
	few    [len(Horizons)][priorMost + 1][]float64
	digest digest // of sorted
}

type weighted struct{ ratio, weight float64 }

// NewPrior makes a prior of rows, each project with the weight of its forecasts.
func NewPrior(rows []PriorRow) Prior {
	p := Prior{rows: rows}
	for _, row := range rows {
		weight := float64(row.Forecasts) / float64(len(row.Ratios))
		for _, ratio := range row.Ratios {
			p.sorted[row.Horizon] = append(p.sorted[row.Horizon], weighted{ratio, weight})
		}
	}
	for _, list := range p.sorted {
		sorting.By(list, func(a, b weighted) int {
			return cmp.Or(cmp.Compare(a.ratio, b.ratio), cmp.Compare(a.weight, b.weight))
		})
	}
	var in inputs
	for horizon := range Horizons {
		for _, w := range p.sorted[horizon] {
			in.addNumbers(w.ratio, w.weight)
		}
		in.addNumbers()
		for n := range p.few[horizon] {
			p.few[horizon][n] = p.computeQuantiles(horizon, n)
		}
	}
	p.digest = in.digestInputs()
	return p
}

// Has tells whether a project is one of those that the prior was made from.
func (p Prior) Has(project string) bool {
	return slices.ContainsFunc(p.rows, func(row PriorRow) bool { return row.Project == project })
}

// Without returns the prior of the other projects.
func (p Prior) Without(project string) Prior {
	return NewPrior(slices.DeleteFunc(slices.Clone(p.rows), func(row PriorRow) bool { return row.Project == project }))
}

// Quantiles returns n pseudo-outcomes of a horizon: the quantiles (i + ½)/n of its ratios. Where nothing is known
// they are 1.
func (p Prior) Quantiles(horizon, n int) []float64 {
	if n < len(p.few[horizon]) && p.few[horizon][n] != nil {
		return slices.Clone(p.few[horizon][n])
	}
	return p.computeQuantiles(horizon, n)
}

func (p Prior) computeQuantiles(horizon, n int) []float64 {
	list := p.sorted[horizon]
	total := 0.0
	for _, w := range list {
		total += w.weight
	}
	out := make([]float64, 0, n)
	sum, next := 0.0, 0
	for i := range n {
		share := (float64(i) + 0.5) / float64(n) * total
		for next < len(list)-1 && sum+list[next].weight < share-Tolerance {
			sum += list[next].weight
			next++
		}
		ratio := 1.0
		if len(list) > 0 {
			ratio = list[next].ratio
		}
		out = append(out, ratio)
	}
	return out
}

// PriorRows makes the rows of a project out of its record.
func PriorRows(project string, record []Outcome) []PriorRow {
	var rows []PriorRow
	for horizon := range Horizons {
		var ratios []float64
		for _, outcome := range record {
			if outcome.Horizon == horizon {
				ratios = append(ratios, outcome.Ratio())
			}
		}
		if len(ratios) == 0 {
			continue
		}
		slices.Sort(ratios)
		rows = append(rows, PriorRow{Project: project, Horizon: horizon, Forecasts: len(ratios),
			Ratios: thinQuantiles(ratios, priorPoints)})
	}
	return rows
}

// thinQuantiles returns at most n quantiles of sorted values, (i + ½)/n, to four digits.
func thinQuantiles(sorted []float64, n int) []float64 {
	n = min(n, len(sorted))
	out := make([]float64, n)
	for i := range out {
		value := sorted[int((float64(i)+0.5)/float64(n)*float64(len(sorted)))]
		out[i] = math.Round(value*1e4) / 1e4
	}
	return out
}

//go:embed prior.csv.gz
var packedRows []byte

// Shipped returns the prior that the program carries: prior.csv, packed. docs/forecast.md names the command that made
// it.
var Shipped = sync.OnceValue(func() Prior {
	var rows []PriorRow
	text, err := gzip.NewReader(bytes.NewReader(packedRows))
	if err == nil {
		rows, err = ReadPrior(text)
	}
	if err != nil {
		panic("the shipped prior cannot be read: " + err.Error())
	}
	return NewPrior(rows)
})

// WritePrior writes rows as CSV: project, horizon in working days, number of forecasts, then the ratios.
func WritePrior(w io.Writer, rows []PriorRow) error {
	out := csv.NewWriter(w)
	for _, row := range rows {
		line := []string{row.Project, strconv.Itoa(Horizons[row.Horizon]), strconv.Itoa(row.Forecasts)}
		for _, ratio := range row.Ratios {
			line = append(line, strconv.FormatFloat(ratio, 'f', -1, 64))
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// ReadPrior reads what WritePrior wrote.
func ReadPrior(r io.Reader) ([]PriorRow, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = -1
	lines, err := in.ReadAll()
	if err != nil {
		return nil, err
	}
	var rows []PriorRow
	for i, line := range lines {
		row, err := readPriorRow(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func readPriorRow(line []string) (PriorRow, error) {
	if len(line) < 4 {
		return PriorRow{}, fmt.Errorf("project, horizon, forecasts and ratios are needed")
	}
	days, err := strconv.Atoi(line[1])
	horizon := slices.Index(Horizons[:], days)
	if err != nil || horizon < 0 {
		return PriorRow{}, fmt.Errorf("%q is no horizon", line[1])
	}
	forecasts, err := strconv.Atoi(line[2])
	if err != nil {
		return PriorRow{}, err
	}
	row := PriorRow{Project: line[0], Horizon: horizon, Forecasts: forecasts}
	for _, text := range line[3:] {
		ratio, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return PriorRow{}, err
		}
		row.Ratios = append(row.Ratios, ratio)
	}
	return row, nil
}
