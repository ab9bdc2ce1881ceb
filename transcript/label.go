package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// form is the way in which a line says who speaks.
type form byte

const (
	unlabelled form = iota
	byColon         // Noor: text, Noor (00:12): text
	byBracket       // [Noor] text
	byHeader        // Noor 00:12, with the text on the lines below
)

// label is a line of text taken apart. Whether its name is that of a speaker
// or only the beginning of a sentence, the line alone cannot say: see [cast].
type label struct {
	line string // whole
	dash bool   // begins with a dash: somebody else speaks
	when span   // at the front
	bare bool   // without brackets
	body string // behind dash and time

	form  form
	name  string
	inner span // behind the name
	rest  string
}

// takeApart reads a line that may begin with a time.
func takeApart(line string) label {
	l := label{line: strings.TrimSpace(line)}
	s := l.undash(l.line)
	l.when, l.bare, s = leadingTime(s)
	if l.when.timed {
		s = (&label{}).undash(s) // "00:12 - Noor: …"
	}
	l.body = s
	l.find()
	if l.form == unlabelled {
		l.head()
	}
	return l
}

// takeCue reads a line of a cue, whose times stand elsewhere.
func takeCue(line string) label {
	l := label{line: strings.TrimSpace(line)}
	l.body = l.undash(l.line)
	l.find()
	return l
}

// undash takes away what stands for "somebody else".
func (l *label) undash(s string) string {
	for _, sign := range []string{"- ", "– ", "— ", ">>> ", ">> "} {
		if rest, found := strings.CutPrefix(s, sign); found {
			l.dash = true
			return strings.TrimSpace(rest)
		}
	}
	return s
}

// maxLabel is how far into a line a name may reach.
const maxLabel = 80

// find looks for a name before a colon or between square brackets.
func (l *label) find() {
	if inside, after, ok := bracketed(l.body); ok && isName(inside) {
		rest, colon := strings.CutPrefix(after, ":")
		l.form, l.name, l.rest = byBracket, inside, strings.TrimSpace(rest)
		if colon {
			l.form = byColon
		}
		return
	}
	for i, c := range l.body {
		if i > maxLabel {
			return
		}
		if c != ':' {
			continue
		}
		rest := l.body[i+1:]
		if next, _ := utf8.DecodeRuneInString(rest); unicode.IsDigit(next) || next == '/' || next == ')' {
			continue
		}
		name, inner := nameAndTime(strings.TrimSpace(l.body[:i]))
		if isName(name) {
			l.form, l.name, l.inner, l.rest = byColon, name, inner, strings.TrimSpace(rest)
		}
		return
	}
}

// bracketed reads "[inside] after".
func bracketed(s string) (inside, after string, ok bool) {
	if !strings.HasPrefix(s, "[") || len(s) > 1 && s[1] == ']' {
		return "", "", false
	}
	inside, after, ok = strings.Cut(s[1:], "]")
	return strings.TrimSpace(inside), strings.TrimSpace(after), ok && len(inside) <= maxLabel
}

// head reads a line that is only a name and a time, in either order.
func (l *label) head() {
	if len(l.body) > maxLabel {
		return
	}
	name, inner := nameAndTime(l.body)
	if isName(name) && (inner.timed || l.when.timed) {
		l.form, l.name, l.inner = byHeader, name, inner
	}
}

// at gives the time of a label.
func (l *label) at() span {
	if l.inner.timed {
		return l.inner
	}
	return l.when
}

// leadingTime reads a time, or two, at the front of a line.
func leadingTime(s string) (when span, bare bool, rest string) {
	if s == "" || !strings.ContainsRune("[(0123456789", rune(s[0])) {
		return span{}, false, s
	}
	if s[0] == '[' || s[0] == '(' {
		end := strings.IndexByte(s, closing(s[0]))
		if end < 0 || end > maxLabel {
			return span{}, false, s
		}
		if when, ok := times(s[1:end]); ok {
			return when, false, strings.TrimSpace(strings.TrimPrefix(s[end+1:], ":"))
		}
		return span{}, false, s
	}
	if when, ok := timing(s); ok {
		return when, true, ""
	}
	start, after, ok := clockTime(s)
	if !ok || after != "" && after[0] != ' ' && after[0] != '\t' {
		return span{}, false, s
	}
	when = span{true, start, start}
	after = strings.TrimSpace(after)
	if to := undashTime(after); to != after {
		if end, further, ok := clockTime(to); ok && (further == "" || further[0] == ' ' || further[0] == '\t') {
			when.end, after = end, strings.TrimSpace(further)
		}
	}
	return when, true, after
}

func closing(open byte) byte {
	if open == '[' {
		return ']'
	}
	return ')'
}

// times reads one time, or two with a dash or arrow between, and nothing else.
func times(s string) (span, bool) {
	start, rest, ok := clockTime(strings.TrimSpace(s))
	if !ok {
		return span{}, false
	}
	when := span{true, start, start}
	if rest = strings.TrimSpace(rest); rest == "" {
		return when, true
	}
	to := undashTime(rest)
	if to == rest {
		return span{}, false
	}
	end, rest, ok := clockTime(to)
	when.end = end
	return when, ok && rest == ""
}

// undashTime takes away what stands between two times.
func undashTime(s string) string {
	for _, sign := range []string{"-->", "->", "-", "–", "—"} {
		if rest, found := strings.CutPrefix(s, sign); found {
			return strings.TrimSpace(rest)
		}
	}
	return s
}

// nameAndTime reads "Noor", "Noor (00:12)", "Noor [00:12]" and "Noor 00:12".
func nameAndTime(s string) (string, span) {
	at := strings.LastIndexAny(s, " \t([")
	if s == "" || at < 0 {
		return s, span{}
	}
	inner := strings.TrimSpace(s[at:])
	if open := strings.LastIndexAny(s, "(["); open >= 0 && s[len(s)-1] == closing(s[open]) {
		at, inner = open, s[open+1:len(s)-1]
	}
	if when, ok := times(inner); ok {
		return strings.TrimRight(s[:at], " \t,-–|"), when
	}
	return s, span{}
}

// isName reports whether something can be a name or a role: a few words of
// letters and digits, and no sentence.
func isName(s string) bool {
	if s == "" || len(s) > maxLabel || utf8.RuneCountInString(s) > 40 || len(strings.Fields(s)) > 5 {
		return false
	}
	letter := false
	for i, c := range s {
		switch {
		case unicode.IsLetter(c):
			letter = true
		case i == 0 && !unicode.IsDigit(c):
			return false
		case unicode.IsDigit(c), unicode.IsMark(c), strings.ContainsRune(" .-'’_()/&#", c):
		default:
			return false
		}
	}
	return letter && !strings.HasSuffix(s, ".") && !endsSentence(s)
}

// endsSentence reports whether a point stands behind a word that is too long
// to be shortened.
func endsSentence(s string) bool {
	for _, word := range strings.Fields(s) {
		if strings.HasSuffix(word, ".") && utf8.RuneCountInString(word) > 6 {
			return true
		}
	}
	return false
}
