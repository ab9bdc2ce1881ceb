package samenspel_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	. "samenspel"
)

// program parses the files of the package itself.
func program(t *testing.T) []*ast.File {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// constant reads a string literal, or "" for anything else.
func constant(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return s
}

// Every type with a method Kind that gives a constant is an event, and each
// event can be made from its kind.
func TestEveryEventHasAKind(t *testing.T) {
	var written []string
	for _, file := range program(t) {
		for _, d := range file.Decls {
			method, ok := d.(*ast.FuncDecl)
			if !ok || method.Recv == nil || method.Name.Name != "Kind" {
				continue
			}
			if r, ok := method.Body.List[0].(*ast.ReturnStmt); ok {
				written = append(written, constant(r.Results[0]))
			}
		}
	}
	slices.Sort(written)
	if diff := cmp.Diff(written, Kinds()); diff != "" {
		t.Errorf("kinds (-in the source +in the list):\n%s", diff)
	}
	for _, kind := range Kinds() {
		if e := NewEvent(kind); e == nil || e.Kind() != kind {
			t.Errorf("NewEvent(%q) = %T", kind, e)
		}
	}
	if e := NewEvent("moon.landed"); e != nil {
		t.Errorf("NewEvent of an unknown kind = %T, want nil", e)
	}
}

// Each field of words of an event is among its sayings, none is written in
// the clear, and whose they are is known.
func TestEveryWordIsSealed(t *testing.T) {
	for _, kind := range Kinds() {
		e := NewEvent(kind)
		fields := wordsOf(e)
		spoken, ok := e.(Spoken)
		if !ok {
			if len(fields) > 0 {
				t.Errorf("%s has words and is not spoken", kind)
			}
			continue
		}
		sayings := spoken.Sayings()
		for _, f := range fields {
			if !slices.Contains(slices.Collect(maps.Values(sayings)), f) {
				t.Errorf("%s keeps words out of its sayings", kind)
			}
			*f = Say("unmistakable")
		}
		if len(sayings) != len(fields) || sayings[""] != nil {
			t.Errorf("%s has %d sayings, want %d with a name each", kind, len(sayings), len(fields))
		}
		encoded, err := json.Marshal(e)
		if err != nil || strings.Contains(string(encoded), Say("").String()) || strings.Contains(string(encoded), "unmistakable") {
			t.Errorf("%s: the log shows %s, %v", kind, encoded, err)
		}
	}
}

// wordsOf are the fields of words of an event.
func wordsOf(e Event) (fields []*Words) {
	v := reflect.ValueOf(e).Elem()
	for i := range v.NumField() {
		if w, ok := v.Field(i).Addr().Interface().(*Words); ok {
			fields = append(fields, w)
		}
	}
	return fields
}

// The holder of a statement is the statement, with what stands beside it; of
// other words it is the partner whose world they are about; of a title it is
// nobody.
func TestHolders(t *testing.T) {
	for _, c := range []struct {
		event Spoken
		want  PartnerID
	}{
		{&AllianceBegun{}, ""},
		{&PartnerInvited{Partner: wout, By: noor}, wout},
		{&PartnerJoined{Partner: wout}, wout},
		{&ThemeNamed{Theme: "th", About: amira}, "theme:th"},
		{&StatementWorded{Statement: "s", About: amira, SaidBy: noor}, "statement:s"},
		{&StatementReworded{Statement: "s", About: amira}, "statement:s"},
		{&EmotionNamed{Statement: "s", About: amira}, "statement:s"},
		{&EmotionNoticed{Statement: "s", About: amira}, "statement:s"},
		{&ViewPut{Statement: "s", About: amira}, "statement:s"},
		{&ErasureAsked{Statement: "s", About: amira}, "statement:s"},
		{&ErasureAsked{About: amira}, amira},
		{&ErasureAnswered{About: amira}, amira},
		{&NoteWritten{By: noor}, noor},
		{&RetentionSet{By: noor}, ""},
		{&BasisSet{By: noor}, ""},
		{&BirthTold{Partner: amira}, amira},
		{&AuthorityTold{Child: amira, Parent: samira}, amira},
		{&AbleTold{Partner: amira}, amira},
		{&ReleaseGiven{By: amira}, amira},
		{&CareAgreed{By: amira}, amira},
		{&ScratchWritten{Scratch: "s", By: amira}, "scratch:s"},
		{&TranscriptLaid{Transcript: "t", By: noor}, "transcript:t"},
		{&LinesLaid{Transcript: "t"}, "transcript:t"},
		{&LineCorrected{Transcript: "t", By: noor}, "transcript:t"},
	} {
		if got := c.event.Holder(); got != c.want {
			t.Errorf("%s is held by %q, want %q", c.event.Kind(), labelOf(got), labelOf(c.want))
		}
	}
}
