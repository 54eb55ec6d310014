// Command prior makes the prior that the program ships out of a list of completions:
//
//	go run ./tools/prior completions.csv.gz > measure/forecast/prior.csv
package main

import (
	"compress/gzip"
	"context"
	"fmt"
	"os"

	"jerem/measure/forecast"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "prior:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("name one file of completions, packed with gzip")
	}
	file, err := os.Open(args[0])
	if err != nil {
		return err
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		return err
	}
	projects, err := forecast.ReadCompletions(unpacked)
	if err != nil {
		return err
	}
	var rows []forecast.PriorRow
	records, err := forecast.Records(context.Background(), projects)
	if err != nil {
		return err
	}
	for i, record := range records {
		rows = append(rows, forecast.PriorRows(projects[i].Name, record)...)
	}
	return forecast.WritePrior(os.Stdout, rows)
}
