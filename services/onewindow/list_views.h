#pragma once

#include <google/protobuf/message.h>

#include <ostream>
#include <string>
#include <vector>

namespace onewindow {

// A column of a table of messages.
struct Column {
  std::string heading;
  std::string path;  // As TextAt takes it.
};

// How an answer that is a list becomes a table.
struct ListView {
  std::string answer;  // "FindCasesResponse"
  std::string rows;    // Its repeated field.
  std::vector<Column> columns;
};

// All of them; a test checks every path against the descriptors.
const std::vector<ListView>& ListViews();

// Prints the table of the messages.
void PrintRows(const std::vector<const google::protobuf::Message*>& rows,
               const std::vector<Column>& columns, std::ostream& out);

// Prints the list, how to go on where there is more, or that there is nothing.
void PrintList(const google::protobuf::Message& answer, const ListView& view, std::ostream& out);

// The rows of a repeated field.
std::vector<const google::protobuf::Message*> RowsOf(const google::protobuf::Message& message,
                                                     const std::string& field);

}  // namespace onewindow
