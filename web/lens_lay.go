package web

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"samenspel"
	"samenspel/lens"
	"samenspel/transcript"
	"samenspel/web/page"
)

// turns are what was read, with the speakers by number.
func (h *heard) turns() iter.Seq2[transcript.Turn, error] {
	return func(yield func(transcript.Turn, error) bool) {
		for _, t := range h.Turns {
			turn := transcript.Turn{
				Speaker: strconv.Itoa(t.Voice), Parts: t.Parts, Timed: t.Timed,
				Start: time.Duration(t.Start) * time.Millisecond, End: time.Duration(t.End) * time.Millisecond,
			}
			if h.Cut { // a turn with a role is cut already
				turn.Role = string(lens.Vrager)
			}
			if !yield(turn, nil) {
				return
			}
		}
	}
}

// plain is what was read as somebody could have typed it.
func (h *heard) plain() string {
	var b strings.Builder
	for _, t := range h.Turns {
		b.WriteString(h.Voices[t.Voice].Label + ": " + strings.Join(t.Parts, " ") + "\n")
	}
	return b.String()
}

// sentences is how many lines there will be, as far as that matters.
func (h *heard) sentences() int {
	n := 0
	for range lens.Utterances(h.turns(), h.cast(func(int) lens.Role { return lens.Vrager })) {
		if n++; n > samenspel.MaxLines {
			break
		}
	}
	return n
}

func (h *heard) cast(role func(voice int) lens.Role) lens.Cast {
	var cast lens.Cast
	for i := range h.Voices {
		cast = append(cast, lens.Place{Name: strconv.Itoa(i), Role: role(i)})
	}
	return cast
}

// sound proposes a role for each voice of which the file does not say one, by
// who asks most.
func (h *heard) sound() {
	var voices lens.Voices
	for i := range h.Voices {
		voices.Hear(strconv.Itoa(i), "")
	}
	for _, t := range h.Turns {
		voices.Hear(strconv.Itoa(t.Voice), strings.Join(t.Parts, " "))
	}
	proposed := voices.Propose()
	for i := range h.Voices {
		if lens.Role(h.Voices[i].Role).Known() {
			continue
		}
		role, _ := proposed.Role(strconv.Itoa(i))
		h.Voices[i].Role = string(role)
	}
}

// guesses propose who is who: a partner of that name, else the only one in the
// dialogue with that role, else somebody else. It is for a person to confirm.
func (v *visit) guesses(h *heard) []string {
	d, f := v.seen.Dialogue(v.talkID()), v.ofDialogue("/lens")
	list := make([]string, len(h.Voices))
	taken := map[samenspel.PartnerID]bool{}
	for i, voice := range h.Voices {
		for _, id := range d.With {
			if !taken[id] && sameName(voice.Label, f.Name(id)) {
				list[i], taken[id] = string(id), true
				break
			}
		}
	}
	for i, voice := range h.Voices {
		if list[i] != "" {
			continue
		}
		list[i] = page.SomebodyElse + voice.Role
		var only []samenspel.PartnerID
		for _, id := range d.With {
			if p := v.seen.Partner(id); p != nil && !taken[id] && string(p.Role) == voice.Role {
				only = append(only, id)
			}
		}
		if len(only) == 1 {
			list[i], taken[only[0]] = string(only[0]), true
		}
	}
	return list
}

// sameName reports whether a name in a file may be that of a partner: the same,
// or the same first name.
func sameName(label, name string) bool {
	label, name = strings.ToLower(strings.TrimSpace(label)), strings.ToLower(strings.TrimSpace(name))
	first, _, _ := strings.Cut(label, " ")
	own, _, _ := strings.Cut(name, " ")
	return label != "" && (label == name || first == name || label == own)
}

// lensLay lays what was read, once somebody said who is who, and lets the lens
// read it.
func (v *visit) lensLay() error {
	if _, err := v.parts(); err != nil {
		return v.askedAgain(err)
	}
	d, err := v.seenTalk()
	if err != nil {
		return err
	}
	h, err := heardIn(v.r.PostForm.Get("heard"))
	if err != nil {
		return v.askedAgain(err)
	}
	chosen := make([]string, len(h.Voices))
	w := samenspel.LayTranscript{Transcript: v.transcriptID(), Engine: noEngine}
	roles := make([]lens.Role, len(h.Voices))
	for i := range h.Voices {
		field := "voice_" + strconv.Itoa(i)
		chosen[i] = valid(v.r.PostForm.Get(field))
		s := samenspel.Speaker{Label: samenspel.Say(h.Voices[i].Label)}
		s.Partner, s.Role = v.voice(field)
		w.Speakers = append(w.Speakers, s)
		if s.Partner == "" || slices.Contains(d.With, s.Partner) {
			roles[i] = page.RoleOf(v.seen, s.Partner, s.Role)
		}
	}
	if err = v.read(&w, h, roles); err == nil {
		err = v.do(w)
	}
	if err == nil {
		return v.lensBack(nil, "", "lens_laid")
	}
	v.r.PostForm.Set("words", h.plain()) // so that it comes back where this page cannot
	p, missing := v.lensWhoPage(h, chosen)
	if missing != nil {
		return err
	}
	return v.again(p.Frame, p, err)
}

// noEngine stands with what was laid while there was no lens.
const noEngine = page.NoEngine

// read lets the lens read what was heard, into the lines of a wish.
func (v *visit) read(w *samenspel.LayTranscript, h *heard, roles []lens.Role) error {
	for _, role := range roles {
		if !role.Known() {
			return invalidForm("invalid.speaker")
		}
	}
	said := lens.Utterances(h.turns(), h.cast(func(i int) lens.Role { return roles[i] }))
	coded := uncoded(said)
	if v.Coder != nil {
		w.Engine, coded = v.Coder.Version(), v.Coder.Code(said)
	}
	var all []lens.Coded
	for c, err := range coded {
		if err != nil {
			return err
		}
		if len(all) == samenspel.MaxLines {
			return invalidForm("invalid.transcript_long")
		}
		all = append(all, c)
	}
	if v.Coder != nil && v.Suggester != nil {
		all = v.Suggester.Suggest(v.r.Context(), all, v.mayNotLeave(h)...)
	}
	return fill(w, all)
}

// mayNotLeave are the names that must not leave this place: of the voices in the
// file, and of those who are here.
func (v *visit) mayNotLeave(h *heard) []string {
	var names []string
	for _, one := range h.Voices {
		names = append(names, one.Label)
	}
	f := v.ofDialogue("/lens")
	for _, p := range v.seen.Partners {
		names = append(names, f.Said(p.Name))
	}
	return names
}

// fill makes lines of what was coded.
func fill(w *samenspel.LayTranscript, coded []lens.Coded) error {
	for _, c := range coded {
		voice, err := strconv.Atoi(c.Speaker)
		if err != nil {
			return err
		}
		l := samenspel.Line{Turn: c.Turn, Speaker: voice, Start: c.Start, End: c.End, Text: samenspel.Say(c.Text)}
		if c.By == lens.BySuggester {
			l.By = samenspel.BySuggester
		}
		for f, code := range c.Codes {
			if code != "" {
				l.Codes[f] = samenspel.LineCode{Code: string(code), Sure: min(max(c.Sure[f], 0), 1)}
			}
		}
		w.Lines = append(w.Lines, l)
	}
	return nil
}

// uncoded are utterances that no lens has read.
func uncoded(said iter.Seq2[lens.Utterance, error]) iter.Seq2[lens.Coded, error] {
	return func(yield func(lens.Coded, error) bool) {
		for u, err := range said {
			if !yield(lens.Coded{Utterance: u}, err) {
				return
			}
		}
	}
}
