package suggest

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"samenspel/lens"
)

// line is what an answer gives for one utterance, not checked yet.
type line struct {
	n      int
	fields [lens.NumFields]string
	broken bool // a field is there and is no text
}

// maxTries bounds how often reading an answer begins anew at a brace.
const maxTries = 200

// lines finds the lines in an answer: every JSON object in it with a number n,
// wherever it stands. That reads an answer in a fence, with prose around it, in
// a list without an object, or cut off halfway. What was thought aloud before
// the answer is left out.
func lines(answer string) []line {
	var all []line
	if i := strings.LastIndex(answer, "</think>"); i >= 0 {
		answer = answer[i:]
	}
	rest := []byte(answer)
	for range maxTries {
		open := bytes.IndexByte(rest, '{')
		if open < 0 {
			break
		}
		rest = rest[open:]
		l, length := readLine(rest)
		for length > 0 { // lines in a row do not count as tries
			all = append(all, l)
			rest = rest[length:]
			next := bytes.IndexByte(rest, '{')
			if next < 0 {
				return all
			}
			rest = rest[next:]
			l, length = readLine(rest)
		}
		rest = rest[1:]
	}
	return all
}

// readLine reads the object that a text begins with, if it is a line, and gives
// its length; 0 if it is none.
func readLine(text []byte) (line, int) {
	in := json.NewDecoder(bytes.NewReader(text))
	var object map[string]json.RawMessage
	if in.Decode(&object) != nil {
		return line{}, 0
	}
	n, ok := number(object["n"])
	if !ok {
		return line{}, 0
	}
	l := line{n: n}
	for _, f := range lens.Fields() {
		raw, there := object[f.String()]
		if !there {
			continue
		}
		var value *string
		if json.Unmarshal(raw, &value) != nil {
			l.broken = true
		} else if value != nil {
			l.fields[f] = strings.ToLower(strings.TrimSpace(*value))
		}
	}
	return l, int(in.InputOffset())
}

// number reads 12 and "12".
func number(raw json.RawMessage) (int, bool) {
	n, err := strconv.Atoi(strings.Trim(string(raw), `"`))
	return n, err == nil
}

// Fault is why a line of an answer was not taken.
type Fault string

// The faults of an answer.
const (
	Missing    Fault = "missing"    // no line for an utterance that was asked for
	Twice      Fault = "twice"      // two lines for one utterance that differ
	Unasked    Fault = "unasked"    // a line for what was not asked for
	Invented   Fault = "invented"   // a code that the codebook does not have
	Misplaced  Fault = "misplaced"  // a field that does not apply to the utterance
	Incomplete Fault = "incomplete" // a field without a code that needs one
)

// codes makes codes of a line for an utterance, or says why it cannot.
func (l *line) codes(u *lens.Coded) (lens.Codes, Fault) {
	if l.broken {
		return lens.Codes{}, Invented
	}
	var codes lens.Codes
	for _, f := range lens.Fields() {
		c := lens.Code(l.fields[f])
		// "none" for a field that has no such code, or is not asked, says nothing.
		if c == lens.None && (!f.Has(c) || !u.Role.Asks(f)) {
			c = ""
		}
		switch {
		case c != "" && !f.Has(c):
			return lens.Codes{}, Invented
		case c == "" && f != lens.Valence && f != lens.Response && u.Role.Asks(f):
			return lens.Codes{}, Incomplete
		}
		codes[f] = c
	}
	if codes[lens.Emotion] != lens.None && codes[lens.Valence] == "" {
		return lens.Codes{}, Incomplete
	}
	tried := u.Utterance
	tried.Codes = codes
	if tried.Fault() != "" {
		return lens.Codes{}, Misplaced
	}
	return codes, ""
}

// take puts the lines of an answer into the utterances of a part that were
// asked for, as far as they are whole and valid, and counts the rest.
func (p part) take(coded []lens.Coded, answer []line, r *Report) {
	given := map[int]line{}
	twice := map[int]bool{}
	for _, l := range answer {
		i := l.n - 1
		if i < p.from || i >= p.to || !mayAsk(&coded[i]) {
			r.fault(Unasked)
			continue
		}
		if earlier, there := given[i]; there && earlier != l {
			twice[i] = true
		}
		given[i] = l
	}
	for i := p.from; i < p.to; i++ {
		u := &coded[i]
		if !mayAsk(u) {
			continue
		}
		l, there := given[i]
		if !there || twice[i] {
			r.fault(map[bool]Fault{false: Missing, true: Twice}[there])
			continue
		}
		codes, fault := l.codes(u)
		if fault != "" {
			r.fault(fault)
			continue
		}
		r.Taken++
		if codes != u.Codes {
			r.Changed++
		}
		u.Codes, u.Sure, u.By = codes, [lens.NumFields]float64{}, lens.BySuggester
	}
}
