package page

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"sync"
	"time"

	"samenspel"
	"samenspel/web/press"
)

// set is a page as it was set: the forms of its templates, or nil for one that
// html/template prints itself.
type set map[string]*press.Form

// sets are set when their page is first asked for.
var sets = func() map[string]func() set {
	all := map[string]func() set{}
	for _, p := range All {
		all[nameOf(p)] = sync.OnceValue(func() set { made, _ := setPage(p); return made })
	}
	return all
}()

// setPage sets the templates of a page.
func setPage(p Page) (set, error) {
	made := set{}
	t := templates[nameOf(p)]()
	with := press.Press{Funcs: funcs, Fast: fast}
	for _, part := range []string{"frame", "live"} {
		if t.Lookup(part) == nil {
			continue
		}
		_ = t.ExecuteTemplate(io.Discard, part, p) // puts the escapers in; an empty page may fail
		f, err := with.Set(t, part, reflect.TypeOf(p))
		if err != nil {
			return made, fmt.Errorf("page: %s: %w", nameOf(p), err)
		}
		made[part] = f
	}
	return made, nil
}

// Doubt, where it is not nil, is told of whatever html/template prints in another
// way. It is for tests.
var Doubt func(page, part string, is, wanted []byte)

// print prints a part of a page.
func print(out *bytes.Buffer, p Page, part string) error {
	form := sets[nameOf(p)]()[part]
	if form == nil {
		return slowly(out, p, part)
	}
	if err := form.Print(out, p); err != nil {
		return fmt.Errorf("page: %s: %w", nameOf(p), err)
	}
	if Doubt != nil {
		var wanted bytes.Buffer
		if err := slowly(&wanted, p, part); err != nil || !bytes.Equal(out.Bytes(), wanted.Bytes()) {
			Doubt(nameOf(p), part, out.Bytes(), wanted.Bytes())
		}
	}
	return nil
}

func slowly(out io.Writer, p Page, part string) error {
	if err := templates[nameOf(p)]().ExecuteTemplate(out, part, p); err != nil {
		return fmt.Errorf("page: %s: %w", nameOf(p), err)
	}
	return nil
}

// fast calls what the templates call most, by its type.
func fast(f any) press.Call {
	switch f := f.(type) {
	case func(string) template.HTML:
		return func(args []reflect.Value) reflect.Value { return reflect.ValueOf(f(args[0].String())) }
	case func(samenspel.Layer) string:
		return func(args []reflect.Value) reflect.Value { return said(f(samenspel.Layer(args[0].String()))) }
	case func(samenspel.Words) string:
		return func(args []reflect.Value) reflect.Value {
			return said(f(args[0].Interface().(samenspel.Words)))
		}
	}
	for _, kind := range kinds {
		if call := kind(f); call != nil {
			return call
		}
	}
	return nil
}

func said(s string) reflect.Value { return reflect.ValueOf(s) }

// kinds are the receivers whose methods are called most.
var kinds = []func(f any) press.Call{of[*Frame], of[WordPart], of[Layer], of[Picture], of[Alliance], of[Share], of[View], of[EmotionPart]}

// of gives how a method of a type is called, if it is like most of them.
func of[T any](f any) press.Call {
	switch f := f.(type) {
	case func(T) string:
		return func(args []reflect.Value) reflect.Value { return said(f(args[0].Interface().(T))) }
	case func(T) bool:
		return func(args []reflect.Value) reflect.Value { return reflect.ValueOf(f(args[0].Interface().(T))) }
	case func(T, samenspel.PartnerID) string:
		return func(args []reflect.Value) reflect.Value {
			return said(f(args[0].Interface().(T), samenspel.PartnerID(args[1].String())))
		}
	case func(T, string, samenspel.PartnerID) string:
		return func(args []reflect.Value) reflect.Value {
			return said(f(args[0].Interface().(T), args[1].String(), samenspel.PartnerID(args[2].String())))
		}
	case func(T, string) Post:
		return func(args []reflect.Value) reflect.Value {
			return reflect.ValueOf(f(args[0].Interface().(T), args[1].String()))
		}
	case func(T, time.Time) string:
		return func(args []reflect.Value) reflect.Value {
			return said(f(args[0].Interface().(T), args[1].Interface().(time.Time)))
		}
	case func(T, []samenspel.PartnerID) string:
		return func(args []reflect.Value) reflect.Value {
			return said(f(args[0].Interface().(T), args[1].Interface().([]samenspel.PartnerID)))
		}
	case func(T) samenspel.PartnerID:
		return func(args []reflect.Value) reflect.Value { return reflect.ValueOf(f(args[0].Interface().(T))) }
	case func(T, samenspel.PartnerID) Face:
		return func(args []reflect.Value) reflect.Value {
			return reflect.ValueOf(f(args[0].Interface().(T), samenspel.PartnerID(args[1].String())))
		}
	case func(T, *samenspel.SeenStatement) WordPart:
		return func(args []reflect.Value) reflect.Value {
			return reflect.ValueOf(f(args[0].Interface().(T), args[1].Interface().(*samenspel.SeenStatement)))
		}
	case func(T, string, ...any) string:
		return func(args []reflect.Value) reflect.Value {
			var more []any
			for _, arg := range args[2:] {
				more = append(more, arg.Interface())
			}
			return said(f(args[0].Interface().(T), args[1].String(), more...))
		}
	}
	return nil
}
