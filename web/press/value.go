package press

import (
	"fmt"
	"reflect"
	"strings"
	"text/template/parse"
)

// pipe sets a pipeline whose value is used, and says of which type that is.
func (s *scope) pipe(n *parse.PipeNode) (value, reflect.Type) {
	var v value
	var kind reflect.Type
	for _, c := range n.Cmds {
		v, kind = s.command(c, v, kind)
	}
	if kind.Kind() == reflect.Interface {
		refuse("a value of any type")
	}
	return v, kind
}

// command sets one command, with the value of the one before as its last
// argument.
func (s *scope) command(n *parse.CommandNode, last value, lastKind reflect.Type) (value, reflect.Type) {
	rest := n.Args[1:]
	switch first := n.Args[0].(type) {
	case *parse.FieldNode:
		return s.chain(func(p *print) reflect.Value { return p.dot }, s.dot, first.Ident, rest, last, lastKind)
	case *parse.VariableNode:
		v := s.find(first.Ident[0])
		return s.chain(func(p *print) reflect.Value { return p.vars[p.base+v.slot] }, v.kind, first.Ident[1:], rest, last, lastKind)
	case *parse.ChainNode:
		v, kind := s.operand(first.Node)
		return s.chain(v, kind, first.Field, rest, last, lastKind)
	case *parse.IdentifierNode:
		return s.function(first.Ident, rest, last, lastKind)
	}
	if len(rest) > 0 || last != nil {
		refuse("arguments for what is no function")
	}
	return s.operand(n.Args[0])
}

// operand sets an argument by itself.
func (s *scope) operand(n parse.Node) (value, reflect.Type) {
	switch n := n.(type) {
	case *parse.DotNode:
		return func(p *print) reflect.Value { return p.dot }, s.dot
	case *parse.FieldNode, *parse.VariableNode, *parse.ChainNode, *parse.IdentifierNode:
		return s.command(&parse.CommandNode{Args: []parse.Node{n}}, nil, nil)
	case *parse.PipeNode:
		return s.pipe(n)
	case *parse.StringNode:
		return constant(n.Text)
	case *parse.BoolNode:
		return constant(n.True)
	case *parse.NumberNode:
		if n.IsInt {
			return constant(int(n.Int64))
		}
	}
	refuse("an operand of type %T", n)
	return nil, nil
}

func constant(of any) (value, reflect.Type) {
	v := reflect.ValueOf(of)
	return func(*print) reflect.Value { return v }, v.Type()
}

// chain sets fields and methods behind each other; the last may take arguments.
func (s *scope) chain(v value, kind reflect.Type, names []string, rest []parse.Node, last value, lastKind reflect.Type) (value, reflect.Type) {
	for i, name := range names {
		if i == len(names)-1 {
			v, kind = s.member(v, kind, name, rest, last, lastKind)
		} else {
			v, kind = s.member(v, kind, name, nil, nil, nil)
		}
	}
	if len(names) == 0 && (len(rest) > 0 || last != nil) {
		refuse("arguments for a variable")
	}
	return v, kind
}

// member sets a field or a method.
func (s *scope) member(of value, kind reflect.Type, name string, rest []parse.Node, last value, lastKind reflect.Type) (value, reflect.Type) {
	if kind.Kind() == reflect.Interface {
		refuse("%s of a value of any type", name)
	}
	if m, ok := kind.MethodByName(name); ok {
		return s.invoke(m.Func, of, rest, last, lastKind)
	}
	if kind.Kind() != reflect.Pointer {
		if m, ok := reflect.PointerTo(kind).MethodByName(name); ok {
			return s.invoke(m.Func, func(p *print) reflect.Value { return of(p).Addr() }, rest, last, lastKind)
		}
	}
	if len(rest) > 0 || last != nil {
		refuse("arguments for the field %s", name)
	}
	points := kind.Kind() == reflect.Pointer
	if points {
		kind = kind.Elem()
	}
	if kind.Kind() != reflect.Struct {
		refuse("%s of %s", name, kind)
	}
	f, ok := kind.FieldByName(name)
	if !ok || !f.IsExported() {
		refuse("%s has no %s", kind, name)
	}
	return field(of, points, f.Index), f.Type
}

func field(of value, points bool, index []int) value {
	if len(index) == 1 {
		at := index[0]
		if points {
			return func(p *print) reflect.Value { return of(p).Elem().Field(at) }
		}
		return func(p *print) reflect.Value { return of(p).Field(at) }
	}
	if points {
		return func(p *print) reflect.Value { return of(p).Elem().FieldByIndex(index) }
	}
	return func(p *print) reflect.Value { return of(p).FieldByIndex(index) }
}

// invoke sets a call of a function or, with a receiver, of a method.
func (s *scope) invoke(f reflect.Value, receiver value, rest []parse.Node, last value, lastKind reflect.Type) (value, reflect.Type) {
	kind := f.Type()
	if kind.NumOut() != 1 {
		refuse("a function that gives %d values", kind.NumOut())
	}
	var args []value
	if receiver != nil {
		args = append(args, receiver)
	}
	for _, n := range rest {
		v, of := s.operand(n)
		args = append(args, fit(v, of, parameter(kind, len(args))))
	}
	if last != nil {
		args = append(args, fit(last, lastKind, parameter(kind, len(args))))
	}
	if least := kind.NumIn(); len(args) < least && !(kind.IsVariadic() && len(args) == least-1) {
		refuse("too few arguments")
	}
	call := Call(func(args []reflect.Value) reflect.Value { return f.Call(args)[0] })
	if s.Fast != nil {
		if fast := s.Fast(f.Interface()); fast != nil {
			call = fast
		}
	}
	return func(p *print) reflect.Value {
		at := len(p.args)
		for _, arg := range args {
			v := arg(p) // which may put its own there, and takes them away again
			p.args = append(p.args, v)
		}
		v := call(p.args[at:])
		p.args = p.args[:at]
		return v
	}, kind.Out(0)
}

// parameter is the type of one parameter of a function.
func parameter(f reflect.Type, n int) reflect.Type {
	switch {
	case f.IsVariadic() && n >= f.NumIn()-1:
		return f.In(f.NumIn() - 1).Elem()
	case n < f.NumIn():
		return f.In(n)
	}
	refuse("too many arguments")
	return nil
}

// fit makes a value into an argument, as html/template does.
func fit(v value, kind, to reflect.Type) value {
	switch {
	case kind.AssignableTo(to):
		return v
	case kind.Kind() == reflect.Pointer && kind.Elem().AssignableTo(to):
		return func(p *print) reflect.Value { return v(p).Elem() }
	case reflect.PointerTo(kind).AssignableTo(to):
		return func(p *print) reflect.Value { return v(p).Addr() }
	case kind == reflect.TypeFor[string]() && to.Kind() == reflect.String, kind == reflect.TypeFor[int]() && to.Kind() == reflect.Int:
		return func(p *print) reflect.Value { return v(p).Convert(to) }
	}
	refuse("%s where %s is asked", kind, to)
	return nil
}

// function sets a call of a function by its name.
func (s *scope) function(name string, rest []parse.Node, last value, lastKind reflect.Type) (value, reflect.Type) {
	if strings.HasPrefix(name, "_") {
		refuse("an escaper where a value is asked")
	}
	if f, own := s.Funcs[name]; own {
		return s.invoke(reflect.ValueOf(f), nil, rest, last, lastKind)
	}
	switch name {
	case "printf":
		return s.invoke(reflect.ValueOf(fmt.Sprintf), nil, rest, last, lastKind)
	case "print":
		return s.invoke(reflect.ValueOf(fmt.Sprint), nil, rest, last, lastKind)
	}
	var args []value
	var kinds []reflect.Type
	for _, n := range rest {
		v, kind := s.operand(n)
		args, kinds = append(args, v), append(kinds, kind)
	}
	if last != nil {
		args, kinds = append(args, last), append(kinds, lastKind)
	}
	if built := builtins[name]; built != nil && len(args) > 0 {
		return built(args, kinds)
	}
	refuse("the function %s", name)
	return nil, nil
}
