package relational

import "samenspel/backup"

// Stays is for a table that is in no backup, and does not move.
const Stays backup.Part = 0

// Place says in which file of a backup a table is, and why.
type Place struct {
	In  backup.Part
	Why string
}

// Travel says for each table in which file of a backup it is, and why. A table
// that is not here goes with the data, so that nothing is ever lost by being
// forgotten; a test asks for its line all the same.
//
// What seals something and may be destroyed, so that words are gone, belongs
// with the keys. What lets somebody in is in no backup: what was stolen, ended or
// used up after it must not open again.
var Travel = map[string]Place{
	"entry":            {backup.Data, "the log"},
	"head":             {backup.Data, "where the log stands"},
	"register":         {backup.Data, "how many alliances there are"},
	"member":           {backup.Data, "who sits at which table"},
	"person":           {backup.Data, "who is known at the door"},
	"access_line":      {backup.Data, "who had access to what"},
	"access_chain":     {backup.Data, "where the chains of those lines stand"},
	"back_in":          {backup.Data, "what is still to be told of links that let somebody in"},
	"activity_wording": {backup.Data, "the organisation's own words"},
	"own_term":         {backup.Data, "the organisation's own terms"},
	"organisation":     {backup.Data, "who answers for this house"},
	"emergency":        {backup.Data, "where people look in an emergency"},

	"wrapped_key": {backup.Keys, "whoever destroys a key has to be sure that no backup brings it back"},

	"house_secret":          {backup.Keys, "it is sealed by the master key, and a change of that renews it"},
	"master_key":            {backup.Keys, "it says which master key the other keys hang on"},
	"passkey":               {backup.Keys, "one that was taken away since, of a device that was stolen, must not open again"},
	"credential":            {backup.Keys, "a password that was changed or taken away since must not open again"},
	"recovery":              {backup.Keys, "a code that was used since must not open again"},
	"organisation_identity": {backup.Keys, "a tie that was taken away since must not let in again"},
	"only_own":              {backup.Keys, "whoever chose it since must not be let in by a link"},
	"destroyed":             {backup.Keys, "that an alliance was destroyed goes with the mark in the place of its keys"},
	"destroyed_person":      {backup.Keys, "who is told of it"},
	"passkey_owner":         {backup.Keys, "whose passkeys they are"},

	"passkey_challenge": {backup.Door, "a question that was answered must not be asked again"},
	"spent":             {backup.Door, "it counts for minutes"},
	"tries":             {backup.Door, "it counts for hours"},
	"session":           {backup.Door, "a session that was stolen or ended since must not live again"},
	"link":              {backup.Door, "a link that was used, withdrawn or closed since must not open again"},
	"goose_db_version":  {Stays, "the schema of a new database says itself what it is"},
}

// PartOf says in which file a table is.
func PartOf(table string) backup.Part {
	if t, known := Travel[table]; known {
		return t.In
	}
	return backup.Data
}
