// Package press sets the templates of html/template once, for the types of the
// pages that they are for, and prints them many times.
//
// html/template stays what reads, checks and escapes the templates: press takes
// the tree with the escapers that it put in, and does the same with it, without
// looking up each name by each print. What it does not know it refuses to set, and
// then html/template prints it. Tests hold the two against each other, to the byte.
package press

import (
	"bytes"
	"fmt"
	"html/template"
	"reflect"
	"text/template/parse"
)

// Call is how a function is called without reflection. It must not keep args.
type Call func(args []reflect.Value) reflect.Value

// Press knows what templates may call.
type Press struct {
	// Funcs are the functions of the templates, besides the built-in ones.
	Funcs template.FuncMap
	// Fast gives a faster way to call a function or method, its receiver first,
	// or nil.
	Fast func(f any) Call
}

// Form is a template that was set for one type.
type Form struct {
	body  step
	slots int
}

// print is one printing.
type print struct {
	out   *bytes.Buffer
	dot   reflect.Value
	vars  []reflect.Value // of all templates that are being printed
	args  []reflect.Value // of all calls that are being made
	base  int             // where those of this one begin
	depth int
}

type (
	step  func(p *print)
	value func(p *print) reflect.Value
)

// Set sets a template and all that it calls. The template was escaped: it was
// executed once, whatever came of that.
func (s Press) Set(t *template.Template, name string, dot reflect.Type) (f *Form, err error) {
	defer func() {
		if no, ok := recover().(cannot); ok {
			err = fmt.Errorf("press: %s: %s", name, string(no))
		}
	}()
	set := &setting{Press: s, from: t, forms: map[formKey]*Form{}}
	return set.form(name, dot), nil
}

// Print prints. What was printed before it failed is in out.
func (f *Form) Print(out *bytes.Buffer, dot any) (err error) {
	defer func() {
		if no := recover(); no != nil {
			err = fmt.Errorf("press: %v", no)
		}
	}()
	p := &print{out: out, vars: make([]reflect.Value, 0, 64), args: make([]reflect.Value, 0, 16)}
	f.print(p, reflect.ValueOf(dot))
	return nil
}

// deepest is how deep templates may call each other.
const deepest = 1000

// print prints a form within a printing.
func (f *Form) print(p *print, dot reflect.Value) {
	before, base, size := p.dot, p.base, len(p.vars)
	if p.depth++; p.depth > deepest {
		panic("templates call each other without end")
	}
	for range f.slots {
		p.vars = append(p.vars, reflect.Value{})
	}
	p.base, p.dot = size, dot
	p.vars[size] = dot
	f.body(p)
	p.dot, p.base, p.vars = before, base, p.vars[:size]
	p.depth--
}

// cannot is why something cannot be set.
type cannot string

func refuse(format string, args ...any) { panic(cannot(fmt.Sprintf(format, args...))) }

type formKey struct {
	name string
	dot  reflect.Type
}

// setting is a template that is being set.
type setting struct {
	Press
	from  *template.Template
	forms map[formKey]*Form
}

// scope is what a place in a template can see.
type scope struct {
	*setting
	in    *Form
	dot   reflect.Type
	names []variable
}

type variable struct {
	name string
	slot int
	kind reflect.Type
}

// form gives a template, set for what it is called with.
func (s *setting) form(name string, dot reflect.Type) *Form {
	key := formKey{name, dot}
	if f := s.forms[key]; f != nil {
		return f
	}
	t := s.from.Lookup(name)
	if t == nil || t.Tree == nil || t.Tree.Root == nil {
		refuse("there is no template %s", name)
	}
	f := &Form{slots: 1}
	s.forms[key] = f
	in := &scope{setting: s, in: f, dot: dot, names: []variable{{"$", 0, dot}}}
	f.body = in.list(t.Tree.Root)
	return f
}

// within gives a scope with another dot, and the same names.
func (s *scope) within(dot reflect.Type) *scope {
	inner := *s
	inner.dot, inner.names = dot, append([]variable{}, s.names...)
	return &inner
}

// name makes room for a variable.
func (s *scope) name(name string, kind reflect.Type) int {
	slot := s.in.slots
	s.in.slots++
	s.names = append(s.names, variable{name, slot, kind})
	return slot
}

func (s *scope) find(name string) variable {
	for i := len(s.names) - 1; i >= 0; i-- {
		if s.names[i].name == name {
			return s.names[i]
		}
	}
	refuse("there is no variable %s", name)
	return variable{}
}

// list sets what stands behind each other.
func (s *scope) list(l *parse.ListNode) step {
	if l == nil {
		return func(*print) {}
	}
	var steps []step
	for _, n := range l.Nodes {
		steps = append(steps, s.node(n))
	}
	if len(steps) == 1 {
		return steps[0]
	}
	return func(p *print) {
		for _, step := range steps {
			step(p)
		}
	}
}

func (s *scope) node(n parse.Node) step {
	switch n := n.(type) {
	case *parse.TextNode:
		text := n.Text
		return func(p *print) { p.out.Write(text) }
	case *parse.CommentNode:
		return func(*print) {}
	case *parse.ActionNode:
		return s.action(n.Pipe)
	case *parse.IfNode:
		return s.either(&n.BranchNode, false)
	case *parse.WithNode:
		return s.either(&n.BranchNode, true)
	case *parse.RangeNode:
		return s.each(n)
	case *parse.TemplateNode:
		return s.call(n)
	}
	refuse("a node of type %T", n)
	return nil
}

// either sets an if, or a with.
func (s *scope) either(n *parse.BranchNode, with bool) step {
	in := s.within(s.dot)
	cond, kind := in.pipe(n.Pipe)
	declared := in.declare(n.Pipe, kind)
	if with {
		in.dot = kind
	}
	truth := truthOf(kind)
	yes, no := in.list(n.List), s.within(s.dot).list(n.ElseList)
	return func(p *print) {
		v := cond(p)
		declared(p, v)
		if !truth(v) {
			no(p)
			return
		}
		if !with {
			yes(p)
			return
		}
		before := p.dot
		p.dot = v
		yes(p)
		p.dot = before
	}
}

// declare gives what puts a value into the variable that a pipe declares.
func (s *scope) declare(pipe *parse.PipeNode, kind reflect.Type) func(*print, reflect.Value) {
	switch {
	case len(pipe.Decl) == 0:
		return func(*print, reflect.Value) {}
	case len(pipe.Decl) > 1 || pipe.IsAssign:
		refuse("an assignment")
	}
	slot := s.name(pipe.Decl[0].Ident[0], kind)
	return func(p *print, v reflect.Value) { p.vars[p.base+slot] = v }
}

// each sets a range along a list, or along the numbers up to one.
func (s *scope) each(n *parse.RangeNode) step {
	list, kind := s.pipe(n.Pipe)
	if kind.Kind() == reflect.Pointer {
		at := list
		list, kind = func(p *print) reflect.Value { return at(p).Elem() }, kind.Elem()
	}
	var element reflect.Type
	switch {
	case kind.Kind() == reflect.Slice, kind.Kind() == reflect.Array:
		element = kind.Elem()
	default:
		refuse("a range along %s", kind)
	}
	in := s.within(element)
	var slots []int
	for i, d := range n.Pipe.Decl {
		of := element
		if i == 0 && len(n.Pipe.Decl) == 2 {
			of = reflect.TypeFor[int]()
		}
		slots = append(slots, in.name(d.Ident[0], of))
	}
	body, none := in.list(n.List), s.within(s.dot).list(n.ElseList)
	return func(p *print) {
		all := list(p)
		count := all.Len()
		if count == 0 {
			none(p)
			return
		}
		before := p.dot
		for i := range count {
			one := all.Index(i)
			switch len(slots) {
			case 1:
				p.vars[p.base+slots[0]] = one
			case 2:
				p.vars[p.base+slots[0]], p.vars[p.base+slots[1]] = reflect.ValueOf(i), one
			}
			p.dot = one
			body(p)
		}
		p.dot = before
	}
}

// call sets a call of another template.
func (s *scope) call(n *parse.TemplateNode) step {
	if n.Pipe == nil {
		refuse("a template that is called with nothing")
	}
	with, kind := s.pipe(n.Pipe)
	f := s.form(n.Name, kind)
	return func(p *print) { f.print(p, with(p)) }
}
