// Package gold holds the project's own gold: invented conversations, written
// as speech and coded afterwards by the codebook. No real person speaks in
// them, and they are not real practice. See docs/gold.md.
//
// Of what training may read only the few conversations to practise on are in
// the program. The locked part is a folder beside this file that only
// evaluation opens.
package gold

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"samenspel/lens"
)

// Kind is what a conversation was written as. It describes the text, not the
// people in it.
type Kind string

// The kinds of conversation.
const (
	Good       Kind = "good"       // the ordinary good conversation
	Connecting Kind = "connecting" // a connecting dialogue
	Mixed      Kind = "mixed"      // something of both
)

// Conversation is one invented conversation with its codes.
type Conversation struct {
	ID         string
	Language   string // "nl" or "en"
	Kind       Kind
	Setting    string
	Utterances []lens.Utterance
}

// All that training may read. Only tools and tests reach it, so that the linker
// leaves it out of the program.
//
//go:embed open second about.json
var files embed.FS

// Those to practise on: of each kind some, with two people and with more, in
// both languages.
//
//go:embed about.json
//go:embed open/nl-004.jsonl open/nl-012.jsonl open/nl-013.jsonl open/nl-017.jsonl open/nl-042.jsonl open/en-001.jsonl open/en-009.jsonl open/en-012.jsonl
//go:embed second/nl-004.jsonl second/nl-012.jsonl second/nl-017.jsonl second/nl-042.jsonl second/en-012.jsonl
var practice embed.FS

// Practice gives the conversations to practise on, coded by the first reader,
// and as far as there was one by a second, each in order of id.
func Practice() (first, second []Conversation, err error) {
	if first, err = Read(practice, "open"); err != nil {
		return nil, nil, err
	}
	second, err = Read(practice, "second")
	return first, second, err
}

// Open gives the conversations that training may read, coded by the first
// reader, in order of id.
func Open() ([]Conversation, error) { return Read(files, "open") }

// Second gives the same conversations as far as a second reader coded them,
// without sight of the first.
func Second() ([]Conversation, error) { return Read(files, "second") }

// about is what about.json says of a conversation.
type about struct {
	Kind    Kind   `json:"kind"`
	Setting string `json:"setting"`
}

// Read reads a folder of conversations in JSON Lines, one file each, with what
// about.json beside the folder says of them.
func Read(files fs.FS, folder string) ([]Conversation, error) {
	text, err := fs.ReadFile(files, "about.json")
	if err != nil {
		return nil, fmt.Errorf("read gold: %w", err)
	}
	all := map[string]about{}
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("read gold: about.json: %w", err)
	}
	names, err := fs.Glob(files, folder+"/*.jsonl")
	if err != nil {
		return nil, fmt.Errorf("read gold: %w", err)
	}
	slices.Sort(names)
	var list []Conversation
	for _, name := range names {
		id := strings.TrimSuffix(strings.TrimPrefix(name, folder+"/"), ".jsonl")
		a, ok := all[id]
		if !ok {
			return nil, fmt.Errorf("read gold: about.json says nothing of %s", id)
		}
		c := Conversation{ID: id, Language: id[:2], Kind: a.Kind, Setting: a.Setting}
		if c.Utterances, err = readFile(files, name); err != nil {
			return nil, fmt.Errorf("read gold: %s: %w", name, err)
		}
		list = append(list, c)
	}
	return list, nil
}

func readFile(files fs.FS, name string) ([]lens.Utterance, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var list []lens.Utterance
	for u, err := range lens.ReadLines(f) {
		if err != nil {
			return nil, err
		}
		list = append(list, u)
	}
	return list, nil
}
