package qda

import "encoding/xml"

// origin names the program that writes.
const origin = "Samenspel"

// The elements of REFI-QDA that are written, in the order that its schema asks
// for. All that is in a namespace stands in that of the root.
type (
	projectElement struct {
		XMLName xml.Name      `xml:"urn:QDA-XML:project:1.0 Project"`
		Name    string        `xml:"name,attr"`
		Origin  string        `xml:"origin,attr"`
		By      string        `xml:"creatingUserGUID,attr"`
		At      string        `xml:"creationDateTime,attr"`
		Users   []userElement `xml:"Users>User"`
		Codes   []codeElement `xml:"CodeBook>Codes>Code"`
		Sources *sources      `xml:"Sources"` // nil where there are none: the schema has no empty list
	}
	sources struct {
		Text []sourceElement `xml:"TextSource"`
	}
	codebookElement struct {
		XMLName xml.Name      `xml:"urn:QDA-XML:codebook:1.0 CodeBook"`
		Origin  string        `xml:"origin,attr"`
		Codes   []codeElement `xml:"Codes>Code"`
	}
	userElement struct {
		GUID string `xml:"guid,attr"`
		Name string `xml:"name,attr"`
	}
	codeElement struct {
		GUID        string        `xml:"guid,attr"`
		Name        string        `xml:"name,attr"`
		Codable     bool          `xml:"isCodable,attr"`
		Colour      string        `xml:"color,attr"`
		Description string        `xml:"Description,omitempty"`
		Codes       []codeElement `xml:"Code"`
	}
	sourceElement struct {
		GUID        string             `xml:"guid,attr"`
		Name        string             `xml:"name,attr"`
		Path        string             `xml:"plainTextPath,attr"`
		By          string             `xml:"creatingUser,attr"`
		At          string             `xml:"creationDateTime,attr"`
		Description string             `xml:"Description,omitempty"`
		Selections  []selectionElement `xml:"PlainTextSelection"`
	}
	selectionElement struct {
		GUID    string          `xml:"guid,attr"`
		Name    string          `xml:"name,attr"`
		Start   int             `xml:"startPosition,attr"`
		End     int             `xml:"endPosition,attr"`
		By      string          `xml:"creatingUser,attr"`
		At      string          `xml:"creationDateTime,attr"`
		Codings []codingElement `xml:"Coding"`
	}
	codingElement struct {
		GUID string     `xml:"guid,attr"`
		By   string     `xml:"creatingUser,attr"`
		At   string     `xml:"creationDateTime,attr"`
		Code refElement `xml:"CodeRef"`
	}
	refElement struct {
		Target string `xml:"targetGUID,attr"`
	}
)
