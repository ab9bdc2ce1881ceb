package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"samenspel/lens"
)

// maxCoded is how many utterances a file of coded conversations may hold.
const maxCoded = 200_000

// readCoded reads coded conversations in JSON Lines.
func readCoded(path string) ([]lens.Utterance, error) {
	f, err := opened(path)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(path)
	var list []lens.Utterance
	for u, err := range lens.ReadLines(f) {
		if err != nil {
			return nil, errors.Join(inFile(name, err), f.Close())
		}
		if len(list) == maxCoded {
			return nil, errors.Join(&fileError{name, fmt.Sprintf("holds more than %d utterances", maxCoded)}, f.Close())
		}
		list = append(list, u)
	}
	if len(list) == 0 {
		return nil, errors.Join(&fileError{name, "is empty; expected coded utterances in JSON Lines"}, f.Close())
	}
	return list, f.Close()
}

// dialogues cuts a list of utterances where another conversation begins.
func dialogues(list []lens.Utterance) [][]lens.Utterance {
	var all [][]lens.Utterance
	from := 0
	for i := range list {
		if i > 0 && (list[i].Dialogue != list[i-1].Dialogue || list[i].N <= list[i-1].N) {
			all = append(all, list[from:i])
			from = i
		}
	}
	return append(all, list[from:])
}

// writeJSON writes a value as JSON that people can read too.
func writeJSON(w io.Writer, v any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", " ")
	return out.Encode(v)
}
