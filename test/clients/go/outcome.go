package main

import "encoding/json"

type Question struct {
	URL        string `json:"url"`
	Key        string `json:"key"`
	Model      string `json:"model"`
	Prompt     string `json:"prompt"`
	Stream     bool   `json:"stream"`
	Retries    int    `json:"retries"`
	System     string `json:"system"`
	Image      string `json:"image"`
	Structured bool   `json:"structured"`
	Tools      []struct {
		Name        string `json:"name"`
		Description string `json:"description"`
		Schema      struct {
			Properties map[string]any `json:"properties"`
			Required   []string       `json:"required"`
		} `json:"schema"`
	} `json:"tools"`
}

type Outcome struct {
	Text   string   `json:"text"`
	Stop   string   `json:"stop"`
	Calls  [][]Call `json:"calls"`
	Model  string   `json:"model"`
	Tokens Tokens   `json:"tokens"`
	Parsed *Place   `json:"parsed,omitempty"`
	Error  *Failure `json:"error,omitempty"`
}

type Call struct {
	Name  string          `json:"name"`
	Input json.RawMessage `json:"input"`
}

type Tokens struct {
	Input  int64 `json:"input"`
	Output int64 `json:"output"`
}

type Failure struct {
	Name    string `json:"name"`
	Status  int    `json:"status"`
	Message string `json:"message"`
}

// Place is the structured answer.
type Place struct {
	City string `json:"city"`
	Mood string `json:"mood"`
}

var place = map[string]any{
	"type": "object",
	"properties": map[string]any{
		"city": map[string]any{"type": "string"},
		"mood": map[string]any{"type": "string", "enum": []string{"sunny", "rainy"}},
	},
	"required":             []string{"city", "mood"},
	"additionalProperties": false,
}
