package web_test

import (
	"maps"
	"net/url"

	"samenspel"
)

func erasure(name string) samenspel.ErasureID {
	return samenspel.ErasureID(id("command", "a", name))
}

func init() {
	known := answers{401, 401, 200, 200, 200, 200, 200, 200, 200, 200}
	maps.Copy(matrix, map[string]answers{
		"GET /a/{alliance}/rights":                          looks,
		"GET /a/{alliance}/rights/own":                      looks,
		"POST /a/{alliance}/rights/own":                     does,
		"GET /a/{alliance}/rights/all":                      looks,
		"POST /a/{alliance}/rights/all":                     does,
		"GET /a/{alliance}/statement/{statement}/erase":     {401, 401, 404, 404, 404, 404, 200, 403, 200, 403}, // who may decide as well
		"POST /a/{alliance}/statement/{statement}/erase":    own,
		"POST /a/{alliance}/statement/{statement}/freeze":   {401, 401, 404, 404, 404, 404, 303, 403, 303, 403},
		"POST /a/{alliance}/statement/{statement}/unfreeze": does, // it is not on ice
		"GET /a/{alliance}/erasure/{erasure}":               {401, 401, 404, 404, 404, 404, 200, 404, 200, 404},
		"POST /a/{alliance}/erasure/{erasure}":              {401, 401, 404, 404, 404, 404, 403, 404, 303, 404},
		"POST /a/{alliance}/erasure/{erasure}/drop":         {401, 401, 404, 404, 404, 404, 303, 404, 403, 404},
		"GET /mine":                                    known,
		"POST /mine":                                   known, // a file
		"POST /mine/ask/{alliance}":                    {401, 401, 404, 404, 303, 404, 303, 303, 303, 303},
		"GET /mine/erased/{alliance}/{erasure}":        {401, 401, 404, 404, 404, 404, 404, 404, 404, 404}, // it is not erased yet
		"GET /mine/erased/{alliance}/{erasure}/signed": {401, 401, 404, 404, 404, 404, 404, 404, 404, 404},
	})
	maps.Copy(moreFields, url.Values{"refusing": {"hold"}})
	maps.Copy(made, map[string][]string{
		"erase.ground.%s":     texts(samenspel.ErasureGrounds[:]),
		"erase.standing.%s":   {"dropped", "granted", "refused"}, // an open one says by when
		"certificate.kind.%s": {"all", "asked", "own"},
	})
	moreThings["{erasure}"] = struct{ shown, hidden func(string) string }{
		func(which string) string { return id("command", which, "shown erasure") },
		func(which string) string { return id("command", which, "hidden erasure") },
	}
	moreToPlay = append(moreToPlay, func(which string, do func(place, name string, wish samenspel.Wish)) {
		do(professional, "words to go", samenspel.WordStatement{Words: word("to go"), About: partner(which, vrager), Kind: samenspel.Guess})
		do(vrager, "shown erasure", samenspel.AskErasure{Statement: statement(which, "words to go"), Words: word("reason")})
		do(vrager, "own words to go", samenspel.WordStatement{Words: word("own to go"), Chosen: true})
		do(vrager, "hidden erasure", samenspel.EraseStatement{Statement: statement(which, "own words to go")})
	})
}

// hideErasing is somebody who asks that words of a friend about them go, gets a
// no and then a yes, puts words on ice, and erases their own: at every step
// the third is told nothing. A professional is told of what a vrager asks, so
// for them that part is left out.
func hideErasing(from string, do func(place, name string, wish samenspel.Wish)) {
	by, friend := accomplices(from)
	do(by, "ice", samenspel.WordStatement{Words: word("ice"), NewTheme: word("ice theme"), Layer: samenspel.Need, SeenBy: []samenspel.PartnerID{partner("a", friend)}, Chosen: true})
	do(by, "ice laid", samenspel.FreezeStatement{Statement: statement("a", "ice")})
	do(by, "own gone", samenspel.WordStatement{Words: word("own gone"), NewTheme: word("gone theme"), Layer: samenspel.Need, SeenBy: []samenspel.PartnerID{partner("a", friend)}, Chosen: true})
	do(friend, "own gone view", samenspel.PutView{Statement: statement("a", "own gone"), Words: word("own gone view")})
	do(by, "own erased", samenspel.EraseStatement{Statement: statement("a", "own gone")})
	if from == professional {
		return
	}
	no := samenspel.AnswerErasure{Erasure: erasure("kept erasure"), Ground: samenspel.GroundHold, Words: word("kept no")}
	do(by, "door to friend", samenspel.SetFirstSeen{By: []samenspel.PartnerID{partner("a", friend)}})
	do(friend, "kept of you", samenspel.WordStatement{Words: word("kept of you"), About: partner("a", by), Kind: samenspel.Guess})
	do(by, "kept erasure", samenspel.AskErasure{Statement: statement("a", "kept of you"), Words: word("kept reason")})
	do(friend, "kept no", no)
	do(by, "kept erasure again", samenspel.AskErasure{Statement: statement("a", "kept of you")})
	do(friend, "kept yes", samenspel.AnswerErasure{Erasure: erasure("kept erasure again"), Yes: true})
}
