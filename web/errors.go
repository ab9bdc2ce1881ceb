package web

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"

	"samenspel"
	"samenspel/account"
	"samenspel/web/page"
	"samenspel/workspace"
)

// What goes wrong before a wish reaches its rule.
var (
	errComeIn = errors.New("web: nobody is known here")
	errForged = errors.New("web: the form does not come from a page of this site")
	errShows  = errors.New("web: nobody said what this route shows of others")
	errStale  = errors.New("web: they came in long ago")
	errPanic  = errors.New("web: a route panicked")
)

// failure is how an error is said: with which status and which words.
type failure struct {
	status int
	head   string
	key    string
	most   int
}

// level is how much a failure is for whoever looks after the machine: a fault of
// ours, work that had to wait, or the no that somebody was given.
func (f failure) level() slog.Level {
	switch {
	case f.key == "error.crowded" || f.key == "error.busy" || strings.HasPrefix(f.key, "error.slow"):
		return slog.LevelWarn
	case f.status >= http.StatusInternalServerError:
		return slog.LevelError
	case f.status == http.StatusTooManyRequests:
		return slog.LevelInfo
	}
	return slog.LevelDebug
}

// failureOf is the one place where errors turn into what a reader sees.
func failureOf(err error) failure {
	var no *samenspel.Refusal
	switch {
	case errors.As(err, &no):
		f := failure{key: no.Key, most: no.Max, head: "trouble.form"}
		switch no.Class {
		case samenspel.NotFound:
			f.status, f.head = http.StatusNotFound, "trouble.not_found"
		case samenspel.Invalid:
			f.status = http.StatusUnprocessableEntity
		case samenspel.Refused:
			f.status, f.head = http.StatusForbidden, "trouble.refused"
		case samenspel.Conflict:
			f.status, f.head = http.StatusConflict, "trouble.conflict"
		}
		return f
	case errors.Is(err, errComeIn):
		return failure{http.StatusUnauthorized, "trouble.come_in", "error.come_in", 0}
	case errors.Is(err, errOften):
		return failure{http.StatusTooManyRequests, "trouble.often", "error.often", mostTaken}
	case errors.Is(err, errStale):
		return failure{http.StatusForbidden, "trouble.stale", "error.stale", 0}
	case errors.Is(err, errForged):
		return failure{http.StatusForbidden, "trouble.form", "error.forged", 0}
	case errors.Is(err, errFirst):
		return failure{http.StatusForbidden, "trouble.refused", "error.first", 0}
	case errors.Is(err, account.ErrOwnOnly):
		return failure{http.StatusForbidden, "trouble.refused", "refused.own_only", 0}
	case errors.Is(err, errCrowded):
		return failure{http.StatusServiceUnavailable, "trouble.crowded", "error.crowded", 0}
	case errors.Is(err, account.ErrBusy):
		return failure{http.StatusServiceUnavailable, "trouble.fault", "error.busy", 0}
	case errors.Is(err, account.ErrNoEntry):
		return failure{http.StatusForbidden, "trouble.no_entry", "error.no_entry", 0}
	case errors.Is(err, workspace.ErrNotNoted):
		f := failure{http.StatusServiceUnavailable, "trouble.fault", "error.look", 0}
		if errors.Is(err, workspace.ErrFull) {
			f.status = http.StatusInsufficientStorage
		}
		return f
	case errors.Is(err, account.ErrCode):
		return failure{http.StatusUnprocessableEntity, "trouble.no_entry", "error.code", 0}
	case errors.Is(err, workspace.ErrFull):
		return failure{http.StatusInsufficientStorage, "trouble.not_kept", "error.full", 0}
	case errors.Is(err, workspace.ErrStopped):
		return failure{http.StatusServiceUnavailable, "trouble.not_kept", "error.stopped", 0}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, workspace.ErrAway):
		return failure{http.StatusServiceUnavailable, "trouble.slow", "error.slow", 0}
	case errors.Is(err, workspace.ErrDamaged):
		return failure{http.StatusInternalServerError, "trouble.fault", "error.damaged", 0}
	}
	return failure{http.StatusInternalServerError, "trouble.fault", "error.fault", 0}
}

// fail says what went wrong on a page of its own. The page is the same for
// whatever is not there and whatever is not for this reader. What was typed
// comes back with it, so that nothing is lost.
func (v *visit) fail(route Route, err error) {
	if errors.Is(err, context.Canceled) && v.r.Context().Err() != nil {
		return // the reader went away
	}
	if v.ledFirst(err) {
		return
	}
	f := failureOf(err)
	if f.key == "error.slow" && v.r.Method != http.MethodPost {
		f.head, f.key = "trouble.crowded", "error.slow_look"
	}
	p := page.Trouble{Head: f.head, Key: f.key, Max: f.most, Back: "/", Kept: v.typed()}
	v.logFailure(route, f, err)
	if f.status >= http.StatusInternalServerError {
		p.Number = v.fault()
	}
	if f.status == http.StatusServiceUnavailable || f.status == http.StatusInsufficientStorage {
		p.Again = v.resend(route)
		v.comeBack(10)
	}
	v.noteFailure(route, err)
	v.seen = nil
	p.Frame = v.frame("/", "title.trouble")
	p.Frame.Done = ""
	if f.status != http.StatusNotFound && f.status != http.StatusUnauthorized && v.r.PostForm != nil {
		p.Back = local(v.r.PostForm.Get("back"), "/")
	}
	if errors.Is(err, errFirst) {
		p.Back = firstPage
	}
	if errors.Is(err, errStale) {
		p.Back, p.BackKey = "/in?back=/me", "in.title"
	}
	if err := v.showAs(f.status, p); err != nil {
		v.numbered().Error("the page that says what went wrong failed", "error", err)
		http.Error(v.w, http.StatusText(f.status), f.status)
	}
}

// logFailure writes the one line of a request that failed: the pattern of the
// route and never the path, and the number that the reader sees.
func (v *visit) logFailure(route Route, f failure, err error) {
	v.Meter.Refused(f.status)
	log := v.Log
	if f.status >= http.StatusInternalServerError {
		log = log.With("number", v.fault())
	}
	log.Log(v.r.Context(), f.level(), "request failed", "route", route.Path, "method", v.r.Method, "status", f.status, "error", err)
}

// numbered is the log for what goes wrong in the middle of this visit.
func (v *visit) numbered() *slog.Logger { return v.Log.With("number", v.fault(), "route", v.pattern) }

// fault is the number of what goes wrong in this visit: one, also when it is
// more than one thing.
func (v *visit) fault() string {
	if v.faulted == "" {
		v.faulted = faultNumber()
	}
	return v.faulted
}

// faultSigns write a number that somebody can read out.
var faultSigns = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// faultNumber is a number for one fault, so that who meets it and who reads
// the log speak of the same one. It says nothing of either.
func faultNumber() string {
	drawn := make([]byte, 5)
	rand.Read(drawn) // never fails: the program ends first
	return faultSigns.EncodeToString(drawn)
}

// typed is what the reader wrote in the form that failed.
func (v *visit) typed() string {
	var all []string
	for _, field := range []string{"words", "help", "option", "theme_new", "emotion_own", "name", "as", "title", "where", "support",
		"words_behaviour", "words_need", "words_commitment", "words_meaning"} {
		if s := valid(v.r.PostForm.Get(field)); s != "" {
			all = append(all, s)
		}
	}
	return strings.Join(all, "\n")
}

// resend gives the form that failed once more, to be sent as it was: with the
// same command, so that nothing comes twice. Only forms at a table: what somebody
// types to come in is not shown to anybody.
func (v *visit) resend(route Route) *page.Resend {
	if route.For != Partner || v.r.Method != http.MethodPost || v.r.PostForm.Get("command") == "" {
		return nil
	}
	to := &page.Resend{Action: v.r.URL.Path}
	for _, name := range slices.Sorted(maps.Keys(v.r.PostForm)) {
		for _, value := range v.r.PostForm[name] {
			to.Fields = append(to.Fields, page.Field{Name: valid(name), Value: valid(value)})
		}
	}
	return to
}

// again shows a form with what is wrong above it and what was typed still in
// it. Other errors than a no go on to their own page.
func (v *visit) again(f *page.Frame, p page.Page, err error) error {
	var no *samenspel.Refusal
	if !errors.As(err, &no) || no.Class == samenspel.NotFound {
		return err
	}
	said := failureOf(err)
	v.Meter.Refused(said.status)
	v.Log.Debug("form refused", "route", v.pattern, "method", v.r.Method, "status", said.status, "key", said.key)
	f.Trouble = &page.Trouble{Frame: f, Key: said.key, Max: said.most, Line: lineOf(err)}
	return v.showAs(said.status, p)
}
