package main

import (
	"fmt"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// The rules: who is a member of a case reads its notes and adds some, under
// their own name.
const (
	reads = `@request.auth.id != "" && case.members.id ?= @request.auth.id`
	adds  = reads + ` && author = @request.auth.id`
)

// note is about as long as what people say: 700 bytes.
var note = strings.Repeat("Ik wil weten hoeveel het is, tot op de euro. ", 16)[:700]

// collections makes the cases and the notes, with their rules.
func collections(app core.App) error {
	users, err := app.FindCollectionByNameOrId("users")
	if err != nil {
		return err
	}
	if field, ok := users.Fields.GetByName("password").(*core.PasswordField); ok {
		field.Cost = 4 // nobody logs in by password while it is measured
	}
	if err := app.Save(users); err != nil {
		return err
	}
	cases := core.NewBaseCollection("cases")
	cases.Fields.Add(
		&core.TextField{Name: "title"},
		&core.RelationField{Name: "members", CollectionId: users.Id, MaxSelect: 100},
	)
	rule := `@request.auth.id != "" && members.id ?= @request.auth.id`
	cases.ListRule, cases.ViewRule = &rule, &rule
	if err := app.Save(cases); err != nil {
		return err
	}
	notes := core.NewBaseCollection("notes")
	notes.Fields.Add(
		&core.RelationField{Name: "case", CollectionId: cases.Id, MaxSelect: 1, Required: true},
		&core.RelationField{Name: "author", CollectionId: users.Id, MaxSelect: 1, Required: true},
		&core.TextField{Name: "text", Max: 10_000, Required: true},
		&core.AutodateField{Name: "created", OnCreate: true},
	)
	notes.AddIndex("notes_of_case", false, "`case`, created", "")
	mayRead, mayAdd := reads, adds
	notes.ListRule, notes.ViewRule, notes.CreateRule = &mayRead, &mayRead, &mayAdd
	return app.Save(notes)
}

// fill makes one case with its people and its notes.
func fill(tx core.App, number, count, people int) (seededCase, error) {
	users, err := tx.FindCollectionByNameOrId("users")
	if err != nil {
		return seededCase{}, err
	}
	var one seededCase
	var members []string
	for n := range people {
		user := core.NewRecord(users)
		user.SetEmail(fmt.Sprintf("person-%d-%d@voorbeeld.test", number, n))
		user.SetPassword("niet om mee binnen te komen")
		user.SetVerified(true)
		if err := tx.Save(user); err != nil {
			return one, err
		}
		token, err := user.NewAuthToken()
		if err != nil {
			return one, err
		}
		members = append(members, user.Id)
		one.People = append(one.People, seededPerson{user.Id, token})
	}
	one.ID, err = add(tx, "cases", map[string]any{"title": fmt.Sprint("case ", number), "members": members})
	for n := 0; n < count && err == nil; n++ {
		var id string
		id, err = add(tx, "notes", map[string]any{"case": one.ID, "author": members[n%len(members)], "text": note})
		one.Notes = append(one.Notes, id)
	}
	return one, err
}

// add makes one record.
func add(tx core.App, collection string, data map[string]any) (string, error) {
	c, err := tx.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return "", err
	}
	record := core.NewRecord(c)
	record.Load(data)
	err = tx.Save(record)
	return record.Id, err
}
