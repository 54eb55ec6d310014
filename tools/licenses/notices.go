package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"
)

// noticeFile is how files are called that tell what may be done with what stands beside them.
var noticeFile = regexp.MustCompile(`(?i)^(un)?(licen[cs]e|copying|copyright|notice|patents|authors)([-._].*)?$`)

// drawnLogo is the licence of a picture that no program contains.
const drawnLogo = "LICENSE-LOGO"

// notice is a text, with the components that carry it.
type notice struct {
	components []string
	text       string
}

const rule = "\n================================================================================\n"

// writeNotices makes the whole file: our licence, the list of components, the texts.
func writeNotices(components []component) (string, error) {
	own, err := os.ReadFile("LICENSE")
	if err != nil {
		return "", err
	}
	collected, err := collectNotices(components)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.Write(own)
	b.WriteString(rule + "\nThe program contains these components. Their notices follow.\n\n" + listOf(components))
	b.WriteString("- " + data.components[0] + "\n")
	for _, n := range append(collected, data) {
		b.WriteString(rule + "\n" + strings.Join(n.components, "\n") + "\n\n" + n.text)
	}
	return b.String(), nil
}

// data is what the forecast's prior was counted from.
var data = notice{
	components: []string{"counts by day out of the TAWOS dataset"},
	text: `SPDX-License-Identifier: Apache-2.0
Copyright 2022 The TAWOS Dataset. The full text stands at https://www.apache.org/licenses/LICENSE-2.0

measure/forecast/prior.csv was made by tools/prior out of how many issues public projects completed on each day.
`,
}

// collectNotices reads the texts of the components, each text once.
func collectNotices(components []component) ([]notice, error) {
	var collected []notice
	at := map[string]int{}
	var missing []error
	for _, c := range components {
		texts, err := textsOf(c)
		if err != nil {
			return nil, err
		}
		if len(texts) == 0 {
			missing = append(
				missing,
				fmt.Errorf("%s: no licence file stands beside it: find out what may be done with it", c.name),
			)
		}
		for _, text := range texts {
			n, known := at[text]
			if !known {
				n = len(collected)
				at[text] = n
				collected = append(collected, notice{text: text})
			}
			collected[n].components = append(collected[n].components, c.name)
		}
	}
	return collected, errors.Join(missing...)
}

// textsOf reads the licence files of a component, in order of folders and names.
func textsOf(c component) ([]string, error) {
	var texts []string
	for _, folder := range c.folders {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			if entry.IsDir() || !noticeFile.MatchString(entry.Name()) || entry.Name() == drawnLogo {
				continue
			}
			text, err := os.ReadFile(filepath.Join(folder, entry.Name()))
			if err != nil {
				return nil, err
			}
			texts = append(texts, tidyText(text))
		}
	}
	return texts, nil
}

// tidyText gives a text lines that end alike.
func tidyText(text []byte) string {
	clean := strings.ReplaceAll(strings.TrimPrefix(string(text), "\ufeff"), "\r\n", "\n")
	if !utf8.ValidString(clean) {
		clean = strings.ToValidUTF8(clean, "\ufffd")
	}
	return strings.Trim(clean, "\n") + "\n"
}
