package report_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"samenspel"
	"samenspel/report"
)

// schema is the part of JSON Schema 2020-12 in which a story is described.
type schema struct {
	Schema      string             `json:"$schema"`
	ID          string             `json:"$id"`
	Title       string             `json:"title"`
	Description string             `json:"description"`
	Ref         string             `json:"$ref"`
	Defs        map[string]*schema `json:"$defs"`
	Type        string             `json:"type"`
	Const       any                `json:"const"`
	Enum        []any              `json:"enum"`
	Pattern     string             `json:"pattern"`
	Format      string             `json:"format"`
	MinLength   int                `json:"minLength"`
	MaxLength   *int               `json:"maxLength"`
	MaxItems    *int               `json:"maxItems"`
	Minimum     *float64           `json:"minimum"`
	Maximum     *float64           `json:"maximum"`
	Items       *schema            `json:"items"`
	Required    []string           `json:"required"`
	Properties  map[string]*schema `json:"properties"`
	Additional  *bool              `json:"additionalProperties"`
}

// check gives what is wrong with a value, by its place.
func (s *schema) check(root *schema, at string, v any) (wrong []string) {
	no := func(format string, args ...any) { wrong = append(wrong, at+": "+fmt.Sprintf(format, args...)) }
	if s.Ref != "" {
		to := root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")]
		if to == nil {
			return []string{at + ": no such definition " + s.Ref}
		}
		return to.check(root, at, v)
	}
	if s.Const != nil && s.Const != v {
		no("%v, want %v", v, s.Const)
	}
	if s.Enum != nil && !slices.Contains(s.Enum, v) {
		no("%v is none of %v", v, s.Enum)
	}
	switch s.Type {
	case "":
	case "boolean":
		if _, ok := v.(bool); !ok {
			no("%T", v)
		}
	case "integer":
		n, ok := v.(float64)
		if !ok || s.Minimum == nil || s.Maximum == nil || n < *s.Minimum || n > *s.Maximum || n != float64(int(n)) {
			no("%v", v)
		}
	case "string":
		wrong = append(wrong, s.checkText(at, v)...)
	case "array":
		list, ok := v.([]any)
		if !ok || s.MaxItems == nil || len(list) > *s.MaxItems {
			no("%T of %d", v, len(list))
		}
		for i, one := range list {
			wrong = append(wrong, s.Items.check(root, fmt.Sprintf("%s/%d", at, i), one)...)
		}
	case "object":
		object, ok := v.(map[string]any)
		if !ok || s.Additional == nil || *s.Additional {
			no("%T, or an open object", v)
		}
		for _, name := range s.Required {
			if _, there := object[name]; !there {
				no("%s is missing", name)
			}
		}
		for name, one := range object {
			if s.Properties[name] == nil {
				no("%s is not described", name)
				continue
			}
			wrong = append(wrong, s.Properties[name].check(root, at+"/"+name, one)...)
		}
	default:
		no("type %s", s.Type)
	}
	return wrong
}

func (s *schema) checkText(at string, v any) (wrong []string) {
	text, ok := v.(string)
	n := utf8.RuneCountInString(text)
	_, timeErr := time.Parse(time.RFC3339Nano, text)
	switch {
	case !ok, n < s.MinLength, s.MaxLength != nil && n > *s.MaxLength,
		s.Pattern != "" && !regexp.MustCompile(s.Pattern).MatchString(text),
		s.Format == "date-time" && timeErr != nil:
		return []string{fmt.Sprintf("%s: %v does not fit", at, v)}
	}
	return nil
}

func published(t *testing.T) *schema {
	t.Helper()
	file, err := os.Open("story.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var s schema
	d := json.NewDecoder(file)
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		t.Fatal(err)
	}
	if s.Schema != "https://json-schema.org/draft/2020-12/schema" || s.Properties["version"].Const != float64(report.Version) {
		t.Errorf("the schema is of %s, version %v", s.Schema, s.Properties["version"].Const)
	}
	return &s
}

// The data keeps to the schema that is published, and the schema comes along.
func TestTheDataFitsItsSchema(t *testing.T) {
	root := published(t)
	for _, whole := range []bool{true, false} {
		files, err := report.Files(choice(told(t).see(amira), whole, "nl"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			switch f.Name {
			case "story.json":
				var v any
				if err := json.Unmarshal(f.Data, &v); err != nil {
					t.Fatal(err)
				}
				for _, wrong := range root.check(root, "", v) {
					t.Errorf("whole %v: %s", whole, wrong)
				}
			case "schema.json":
				if file, err := os.ReadFile("story.schema.json"); err != nil || string(file) != string(f.Data) {
					t.Error("another schema came along", err)
				}
			}
		}
	}
}

// The schema describes each field of the data, and nothing else.
func TestTheSchemaDescribesTheData(t *testing.T) {
	root := published(t)
	full := report.Data{
		Person: report.Person{As: "a", Pace: "calm"}, Themes: []report.Theme{{NotHere: []samenspel.Layer{"need"}}},
		Statements: []report.Statement{{First: "f", Layer: "need", Theme: "t1", SaidBy: "s", WrittenBy: "w", Alone: true,
			Emotions: []report.Emotion{{By: "b"}}, Views: []report.View{{By: "b"}}}},
		Written: []report.Written{{Kind: "quote", Layer: "need"}}, Notes: []report.Note{{}}, People: []report.Someone{{As: "a", You: true}},
		Agreements: []report.Agreement{{By: "b", Doer: "d", Day: "2026-12-01", Time: "09:30",
			Answers: []report.Answer{{AgreementAnswer: samenspel.AgreementAnswer{Want: "yes", Can: "yes", Know: "yes", Room: "yes"}}},
			Help:    []report.Help{{By: "b"}}, Options: []report.Option{{By: "b"}}}},
		Dialogues: []report.Dialogue{{At: &now, DayOnly: true, Minutes: 60, Begun: &now, Over: &now, With: []string{"w"}, Where: "w", Support: "s",
			Topics: []report.Topic{{Settled: true, Alone: true}}, Laid: []string{"s1"}}},
		Mirrors: []report.Mirror{{Line: "l", Alone: true, Answers: report.MirrorAnswers{Heard: "yes", Trusted: "yes", Room: "yes", Pace: "yes", Matter: "yes"}}},
		Scales:  []report.Scale{{Alone: true}}, Changes: []report.Change{{By: "b", Because: "s1"}},
		Frictions: []report.Friction{{Of: "o", Words: "w", Everybody: true, Told: []string{"t"}, Earlier: "f1", Ground: "s1", Mended: true,
			Repairs: []report.Repair{{By: "b"}}}},
		Around: &report.Around{People: []report.Near{{As: "a", Tie: "strong"}}, Ties: []report.Tie{{}}},
	}
	text, err := json.Marshal(full)
	if err != nil {
		t.Fatal(err)
	}
	var v map[string]any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	same := func(where string, s *schema, object any) {
		t.Helper()
		have := slices.Sorted(maps.Keys(object.(map[string]any)))
		if want := slices.Sorted(maps.Keys(s.Properties)); !slices.Equal(want, have) {
			t.Errorf("%s: described %v, written %v", where, want, have)
		}
	}
	first := func(of map[string]any, name string) any { return of[name].([]any)[0] }
	statement := first(v, "statements").(map[string]any)
	same("the story", root, v)
	same("person", root.Properties["person"], v["person"])
	same("theme", root.Properties["themes"].Items, first(v, "themes"))
	same("statement", root.Defs["statement"], statement)
	same("emotion", root.Defs["statement"].Properties["emotions"].Items, first(statement, "emotions"))
	same("view", root.Defs["statement"].Properties["views"].Items, first(statement, "views"))
	for _, name := range []string{"written", "notes", "people", "mirrors", "scales", "changes", "frictions"} {
		same(name, root.Properties[name].Items, first(v, name))
	}
	same("what the mirror says", root.Properties["mirrors"].Items.Properties["answers"], first(v, "mirrors").(map[string]any)["answers"])
	same("repair", root.Defs["remark"], first(first(v, "frictions").(map[string]any), "repairs"))
	agreement, dialogue, around := first(v, "agreements").(map[string]any), first(v, "dialogues").(map[string]any), v["around"].(map[string]any)
	same("agreement", root.Defs["agreement"], agreement)
	for _, name := range []string{"answers", "help"} {
		same(name, root.Defs["agreement"].Properties[name].Items, first(agreement, name))
	}
	same("option", root.Defs["remark"], first(agreement, "options"))
	same("dialogue", root.Defs["dialogue"], dialogue)
	same("topic", root.Defs["dialogue"].Properties["topics"].Items, first(dialogue, "topics"))
	same("around", root.Properties["around"], around)
	for _, name := range []string{"people", "ties"} {
		same(name, root.Properties["around"].Properties[name].Items, first(around, name))
	}
}
