package press

import "reflect"

// builtins are the functions that html/template has itself, as far as they are
// used here.
var builtins = map[string]func(args []value, kinds []reflect.Type) (value, reflect.Type){
	"and": func(args []value, kinds []reflect.Type) (value, reflect.Type) { return first(args, kinds, false) },
	"or":  func(args []value, kinds []reflect.Type) (value, reflect.Type) { return first(args, kinds, true) },
	"not": func(args []value, kinds []reflect.Type) (value, reflect.Type) {
		truth := truthOf(kinds[0])
		return yesOrNo(func(p *print) bool { return !truth(args[0](p)) })
	},
	"eq": equal,
	"ne": unlike,
	"lt": func(args []value, kinds []reflect.Type) (value, reflect.Type) {
		return compared(args, kinds, func(a, b int64) bool { return a < b })
	},
	"le": func(args []value, kinds []reflect.Type) (value, reflect.Type) {
		return compared(args, kinds, func(a, b int64) bool { return a <= b })
	},
	"gt": func(args []value, kinds []reflect.Type) (value, reflect.Type) {
		return compared(args, kinds, func(a, b int64) bool { return a > b })
	},
	"ge": func(args []value, kinds []reflect.Type) (value, reflect.Type) {
		return compared(args, kinds, func(a, b int64) bool { return a >= b })
	},
	"len":   length,
	"index": indexed,
}

var yes, no = reflect.ValueOf(true), reflect.ValueOf(false)

func yesOrNo(of func(p *print) bool) (value, reflect.Type) {
	return func(p *print) reflect.Value {
		if of(p) {
			return yes
		}
		return no
	}, reflect.TypeFor[bool]()
}

// first gives the first argument that is true, or that is not, or the last.
func first(args []value, kinds []reflect.Type, want bool) (value, reflect.Type) {
	var truths []func(reflect.Value) bool
	same := true
	for _, kind := range kinds {
		truths, same = append(truths, truthOf(kind)), same && kind == kinds[0]
	}
	pick := func(p *print) (v reflect.Value, truth bool) {
		for i, arg := range args {
			if v, truth = arg(p), false; truths[i](v) {
				truth = true
			}
			if truth == want {
				break
			}
		}
		return v, truth
	}
	if same {
		return func(p *print) reflect.Value { v, _ := pick(p); return v }, kinds[0]
	}
	// Of different types: then only whether it is true can be asked.
	return func(p *print) reflect.Value {
		if _, truth := pick(p); truth {
			return reflect.ValueOf(onlyTruth(true))
		}
		return reflect.ValueOf(onlyTruth(false))
	}, reflect.TypeFor[onlyTruth]()
}

// onlyTruth is a value of which only is known whether it is true. It cannot be
// printed or given to a function.
type onlyTruth bool

// truthOf says whether values of a type count as true.
func truthOf(kind reflect.Type) func(reflect.Value) bool {
	switch kind.Kind() {
	case reflect.Bool:
		return reflect.Value.Bool
	case reflect.String, reflect.Slice, reflect.Map, reflect.Array:
		return func(v reflect.Value) bool { return v.Len() > 0 }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(v reflect.Value) bool { return v.Int() != 0 }
	case reflect.Pointer:
		return func(v reflect.Value) bool { return !v.IsNil() }
	case reflect.Struct:
		return func(reflect.Value) bool { return true }
	}
	refuse("whether %s is true", kind)
	return nil
}

// same gives whether two values are equal.
func same(one, other value, a, b reflect.Type) func(p *print) bool {
	switch {
	case a.Kind() == reflect.String && b.Kind() == reflect.String:
		return func(p *print) bool { return one(p).String() == other(p).String() }
	case a.Kind() == reflect.Int && b.Kind() == reflect.Int:
		return func(p *print) bool { return one(p).Int() == other(p).Int() }
	case a.Kind() == reflect.Bool && b.Kind() == reflect.Bool && a != reflect.TypeFor[onlyTruth]() && b != reflect.TypeFor[onlyTruth]():
		return func(p *print) bool { return one(p).Bool() == other(p).Bool() }
	}
	if basic(a) && basic(b) { // html/template finds it where it is printed, if ever
		return func(*print) bool { panic("whether " + a.String() + " equals " + b.String()) }
	}
	refuse("whether %s equals %s", a, b)
	return nil
}

func basic(kind reflect.Type) bool {
	return kind.Kind() == reflect.Int || kind.Kind() == reflect.String || kind.Kind() == reflect.Bool && kind != reflect.TypeFor[onlyTruth]()
}

// equal reports whether the first argument is one of the others.
func equal(args []value, kinds []reflect.Type) (value, reflect.Type) {
	if len(args) < 2 {
		refuse("eq of one")
	}
	var any []func(p *print) bool
	for i := range args[1:] {
		any = append(any, same(args[0], args[i+1], kinds[0], kinds[i+1]))
	}
	return yesOrNo(func(p *print) bool {
		for _, is := range any {
			if is(p) {
				return true
			}
		}
		return false
	})
}

func unlike(args []value, kinds []reflect.Type) (value, reflect.Type) {
	if len(args) != 2 {
		refuse("ne of %d", len(args))
	}
	is := same(args[0], args[1], kinds[0], kinds[1])
	return yesOrNo(func(p *print) bool { return !is(p) })
}

func compared(args []value, kinds []reflect.Type, holds func(a, b int64) bool) (value, reflect.Type) {
	if len(args) != 2 || kinds[0].Kind() != reflect.Int || kinds[1].Kind() != reflect.Int {
		refuse("a comparison of %v", kinds)
	}
	return yesOrNo(func(p *print) bool { return holds(args[0](p).Int(), args[1](p).Int()) })
}

func length(args []value, kinds []reflect.Type) (value, reflect.Type) {
	switch kinds[0].Kind() {
	case reflect.Slice, reflect.Array, reflect.Map, reflect.String:
		return func(p *print) reflect.Value { return reflect.ValueOf(args[0](p).Len()) }, reflect.TypeFor[int]()
	}
	refuse("the length of %s", kinds[0])
	return nil, nil
}

// indexed gives an element of a list or map.
func indexed(args []value, kinds []reflect.Type) (value, reflect.Type) {
	if len(args) != 2 {
		refuse("index of %d", len(args))
	}
	switch of := kinds[0]; of.Kind() {
	case reflect.Slice, reflect.Array:
		if kinds[1].Kind() == reflect.Int {
			return func(p *print) reflect.Value { return args[0](p).Index(int(args[1](p).Int())) }, of.Elem()
		}
	case reflect.Map:
		key, none := fit(args[1], kinds[1], of.Key()), reflect.Zero(of.Elem())
		return func(p *print) reflect.Value {
			if v := args[0](p).MapIndex(key(p)); v.IsValid() {
				return v
			}
			return none
		}, of.Elem()
	}
	refuse("an index of %s", kinds[0])
	return nil, nil
}
