package qda

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// packed is the time of every file in a package: the same project gives the
// same bytes. ZIP knows no earlier one.
var packed = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Write writes the project as a REFI-QDA project (.qdpx).
func (p *Project) Write(w io.Writer) error {
	if err := p.fault(); err != nil {
		return err
	}
	root, texts := p.build()
	out := zip.NewWriter(w)
	if err := pack(out, "project.qde", func(w io.Writer) error { return writeXML(w, root) }); err != nil {
		return err
	}
	for i, text := range texts {
		err := pack(out, "sources/"+root.Sources.Text[i].GUID+".txt", func(w io.Writer) error {
			_, err := io.Copy(w, strings.NewReader(text))
			return err
		})
		if err != nil {
			return err
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("qda: write the package: %w", err)
	}
	return nil
}

// WriteCodebook writes the codebook of the lens as a REFI-QDA codebook (.qdc).
func WriteCodebook(w io.Writer) error {
	if err := writeXML(w, &codebookElement{Origin: origin, Codes: codebook()}); err != nil {
		return fmt.Errorf("qda: write the codebook: %w", err)
	}
	return nil
}

// pack writes one file into a package.
func pack(out *zip.Writer, name string, write func(io.Writer) error) error {
	w, err := out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: packed})
	if err == nil {
		err = write(w)
	}
	if err != nil {
		return fmt.Errorf("qda: write the package: %w", err)
	}
	return nil
}

// writeXML writes a document.
func writeXML(w io.Writer, root any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	out := xml.NewEncoder(w)
	out.Indent("", " ")
	if err := out.Encode(root); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
